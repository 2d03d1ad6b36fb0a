import { maySkip } from '../domain/audit/role-skip.ts';
import { keyOf } from '../domain/occurrence.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { AskedExcuse } from '../store/people-say.ts';
import type { AtOccurrence, Said } from './desk.ts';
import type { ExcuseBody } from './occurrences.api.ts';
import { mustBeOpen, refused, who } from './refusals.ts';

/** An admin excuses a week alone; one of the pair asks, and somebody else has to agree. */
export async function excuseWeek(at: AtOccurrence, { excuse }: ExcuseBody): Promise<Said> {
  const { whole, as, caller, listed, now, stores } = at;
  const o = whole.occurrence;
  mustBeOpen(o);
  if (excuse === 'public_holiday' && as !== 'admin') {
    throw new Problem('not-allowed', 'Public holidays are set by an admin.');
  }
  if (excuse === 'role_skip') await mustBeAllowedToSkip(at);
  if (as === 'admin') return excused(at, excuse, `An admin excused this week (${inWords(excuse)}).`);
  if (!(await stores.peopleSay.askExcuse(listed.series.id, keyOf(o), { excuse, by: caller.person }, now))) {
    throw new Problem('conflict', 'This week has been asked to be excused already.');
  }
  const other = as === 'manager' ? 'rep' : 'manager';
  return {
    act: null,
    entry: {
      kind: 'ask for excuse',
      facts: { by: as, excuse },
      because: `${who(as)} asks to excuse this week (${inWords(excuse)}).`,
    },
    sentence: `Saved; the ${other} or an admin has to agree.`,
  };
}

/** The other one of the pair, or an admin, agrees or does not. */
export async function answerExcuse(at: AtOccurrence, agree: boolean): Promise<Said> {
  const { whole, as, caller, listed, now, stores } = at;
  const o = whole.occurrence;
  mustBeOpen(o);
  const { excuse } = waiting(whole.asked);
  if (agree && excuse === 'role_skip') await mustBeAllowedToSkip(at);
  const answer = agree ? 'agreed' : 'refused';
  if (!(await stores.peopleSay.answerExcuse(listed.series.id, keyOf(o), answer, caller.person, now))) {
    throw new Problem(
      'not-allowed',
      'Whoever asks for an excuse cannot agree to it: the other one or an admin does.',
    );
  }
  if (agree) return excused(at, excuse, `${who(as)} agreed to excuse this week (${inWords(excuse)}).`);
  return {
    act: null,
    entry: {
      kind: 'refuse excuse',
      facts: { by: as, excuse },
      because: `${who(as)} did not agree to excuse this week, so it stays owed.`,
    },
    sentence: 'Saved; the week stays owed.',
  };
}

function waiting(asked: AskedExcuse | null): AskedExcuse {
  if (asked?.answer === null) return asked;
  throw new Problem('conflict', 'No request to excuse this week waits for an answer.');
}

function excused({ whole, as }: AtOccurrence, excuse: ExcuseBody['excuse'], because: string): Said {
  return {
    act: { kind: 'excuse', on: keyOf(whole.occurrence), excuse },
    entry: { kind: 'agree to excuse', facts: { by: as, excuse }, because },
  };
}

/** F084. The pair is locked, so that two weeks in a row cannot be asked for side by side. */
async function mustBeAllowedToSkip({ stores, listed, whole, now }: AtOccurrence): Promise<void> {
  await stores.occurrencePages.lockPair(listed.pair);
  const rep = await stores.people.load(listed.rep);
  if (!rep?.senior) throw refused('not-possible', 'excuse', 'role_skip is for senior reps');
  const facts = (await stores.series.load(listed.series.id, now))?.facts;
  if (facts && maySkip(facts.occurrences, facts.acts, whole.occurrence)) return;
  throw refused('not-possible', 'excuse', 'role_skip is never taken two weeks in a row');
}

function inWords(excuse: string): string {
  return excuse.replaceAll('_', ' ');
}
