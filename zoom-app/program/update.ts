import { firstToMeet } from '../desk/timeline.ts';
import { texts } from '../look/texts.ts';
import { addresses } from './addresses.ts';
import type { Effect } from './effects.ts';
import type { Fact } from './facts.ts';
import { updateForms } from './forms.ts';
import { FIRST } from './model.ts';
import type { Model } from './model.ts';
import { needs, needsProgram, ownSeries } from './needs.ts';
import type { Address, Failure, Reading } from './reading.ts';
import { readingOf, valueOf } from './reading.ts';
import { routeOf } from './routes.ts';
import type { LaterPage, Route } from './routes.ts';

type Change = readonly [Model, readonly Effect[]];

/** How old an answer may get while its page is open. */
const FRESH_MS = 20_000;

/** The one place where anything changes: what the page knows after a fact, and what has to be done about it. */
export function update(model: Model, fact: Fact): Change {
  const [changed, effects] = change(model, fact);
  const next = settled(changed);
  const missing = needs(next).filter((address) => mustRead(next, address));
  return fetching(asking(next, missing), [...effects, ...missing.map(read)]);
}

/** The shown page's program comes beside what the page has to read. */
function fetching(model: Model, effects: readonly Effect[]): Change {
  const page = needsProgram(model);
  if (page === null || page in model.programs) return [model, effects];
  return [programIs(model, page, 'coming'), [...effects, { do: 'fetch program', page }]];
}

/** What could not be fetched once is fetched again when somebody goes anywhere. */
function withoutMissed(model: Model): Model {
  const programs = Object.entries(model.programs).filter(([, is]) => is !== 'missed');
  return { ...model, programs: Object.fromEntries(programs) };
}

function programIs(model: Model, page: LaterPage, is: 'coming' | 'there' | 'missed'): Model {
  return { ...model, programs: { ...model.programs, [page]: is } };
}

function read(address: Address<unknown>): Effect {
  return { do: 'read', address };
}

/** The desk opens with whoever is met next, and stays there until somebody goes elsewhere. */
function settled(model: Model): Model {
  if (model.route.page !== 'home' || model.atHome !== null) return model;
  const first = firstToMeet(model, ownSeries(model));
  return first ? { ...model, atHome: first.id } : model;
}

function change(model: Model, fact: Fact): Change {
  switch (fact.kind) {
    case 'Opened':
      return opened(fact);
    case 'TokenGiven':
      return signedIn({ ...FIRST, route: model.route, now: model.now }, fact.token);
    case 'SignedOut':
      return signsOut(model);
    case 'SignedOutElsewhere':
      return readerOf(model) === fact.person ? signedOut(model, null) : [model, []];
    case 'AddressChanged':
      return arrived(withoutMissed(model), routeOf(fact.address));
    case 'LinkFollowed':
      return [model, [{ do: 'go', path: fact.path }]];
    case 'TimePassed':
      return [{ ...model, now: fact.at }, []];
    case 'Answered':
      return updateForms(answered(model, fact), fact);
    case 'Failed':
      return failed(model, fact.address, fact.failure);
    case 'CellEntered':
      return [
        { ...model, cell: { row: fact.row, column: fact.column } },
        [{ do: 'focus', id: `cell-${fact.row}-${fact.column}` }],
      ];
    case 'AuditShownAs':
      // What had the focus may be gone with the other form.
      return [{ ...model, auditAs: fact.as }, [{ do: 'focus', id: 'audit-cells' }]];
    case 'ProgramCame':
      return [programIs(model, fact.page, 'there'), []];
    case 'ProgramMissed':
      return [programIs(model, fact.page, 'missed'), []];
    case 'LoadAgainAsked':
      return [model, [{ do: 'load again' }]];
    case 'DownloadAsked':
      return [model, [{ do: 'download', path: fact.path, name: fact.name }]];
    case 'NotSaved':
      return isUnknown(fact.failure) ? refusedToken(model) : updateForms(model, fact);
    default:
      return updateForms(model, fact);
  }
}

function opened({ address, token, at }: Extract<Fact, { kind: 'Opened' }>): Change {
  const model = { ...FIRST, route: routeOf(address), now: at };
  return token === null ? [model, []] : signedIn(model, token);
}

function signedIn(model: Model, token: string): Change {
  return [{ ...model, token }, [{ do: 'keep token', token }]];
}

/** In every tab of this browser that is theirs. The token itself lasts: it is the person's key, not this visit. */
function signsOut(model: Model): Change {
  const person = readerOf(model);
  const [next, effects] = signedOut(model, null);
  return [next, person === null ? effects : [...effects, { do: 'tell tabs', person }]];
}

function readerOf({ readings }: Model): string | null {
  return valueOf(readings, addresses.me)?.person.id ?? null;
}

function signedOut(model: Model, because: string | null): Change {
  const { route, now } = model;
  return [{ ...FIRST, route, now, signedOutBecause: because }, [{ do: 'keep token', token: null }]];
}

/** A jump inside the page is no other page. */
function arrived(model: Model, route: Route): Change {
  if (JSON.stringify(route) === JSON.stringify(model.route)) return [model, []];
  return [{ ...model, route, atHome: null, forms: underWay(model) }, [{ do: 'focus', id: 'main' }]];
}

/** Drafts end with their page; what was submitted goes on. */
function underWay({ forms }: Model): Model['forms'] {
  return Object.fromEntries(
    Object.entries(forms).filter(([, { phase }]) => phase !== 'typing' && phase !== 'saved'),
  );
}

function answered(model: Model, { address, value, at }: Extract<Fact, { kind: 'Answered' }>): Model {
  const reading = { value, failure: null, at, asked: false };
  return { ...model, unreached: false, readings: { ...model.readings, [address.path]: reading } };
}

function failed(model: Model, address: Address<unknown>, failure: Failure): Change {
  if (isUnknown(failure)) return refusedToken(model);
  const reading: Reading<unknown> = {
    ...readingOf(model.readings, address),
    failure,
    at: model.now,
    asked: false,
  };
  const unreached = failure.kind === 'unreached';
  return [{ ...model, unreached, readings: { ...model.readings, [address.path]: reading } }, []];
}

function isUnknown(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.problem.status === 401;
}

function refusedToken(model: Model): Change {
  return signedOut(model, texts.signIn.tokenRefused);
}

/** Never read, or too old; what failed is tried again when its answer would be too old as well. */
function mustRead(model: Model, address: Address<unknown>): boolean {
  const { value, failure, at, asked } = readingOf(model.readings, address);
  if (asked) return false;
  return (value === null && failure === null) || model.now - at > FRESH_MS;
}

function asking(model: Model, missing: readonly Address<unknown>[]): Model {
  if (missing.length === 0) return model;
  const asked = missing.map((address) => [
    address.path,
    { ...readingOf(model.readings, address), asked: true },
  ]);
  return { ...model, readings: { ...model.readings, ...Object.fromEntries(asked) } };
}
