import type { Side } from '../person.ts';
import { whenOver } from './closing.ts';
import { notNow, notPossible, notYours } from './happened.ts';
import type { Taken, Written } from './happened.ts';
import { NOBODY } from './session.ts';
import type { CoachingStep, DealKind, Millisecond, Session, Words } from './session.ts';

type Did<Kind extends Written['kind']> = By & Extract<Written, { kind: Kind }>;

interface By {
  readonly by: Side;
  readonly at: Millisecond;
}

const STEPS: readonly CoachingStep[] = ['hear', 'ask', 'demonstrate', 'role_play', 'commit'];

/** What is written, said and confirmed. Each text belongs to one side; the other reads it. */
export function takeWritten(session: Session, did: By & Written): Taken {
  switch (did.kind) {
    case 'PersonArrived':
      return arrive(session, did);
    case 'PreparationWritten':
      return prepare(session, did);
    case 'CommitmentInspected':
      return inspect(session, did);
    case 'NoticedWritten':
      return ofRep(session, did, { noticed: did.text });
    case 'DealAdded':
      return addDeal(session, did);
    case 'DealChanged':
      return changeDeal(session, did);
    case 'DealLookedAt':
      return { ...session, looking: did.deal };
    case 'NextStepWritten':
      return writeNextStep(session, did);
    case 'CoachingStepReached':
      return reach(session, did);
    case 'AnswerNoted':
      return ofRep(session, did, { answer: did.text });
    case 'CareerAnswered':
      return ofRep(session, did, { career: did.text });
    case 'ResilienceAnswered':
      return answerResilience(session, did);
    case 'CareerMarked':
    case 'SkippedStepNamed':
      return ofManager(session, did);
    case 'CommitmentWritten':
      return commit(session, did);
    case 'CommitmentConfirmed':
      return confirm(session, did);
    default:
      return did satisfies never;
  }
}

/** A second screen, a reload or another role in the call is the same person. */
function arrive(session: Session, { by, at }: By): Session {
  if (session.arrived[by] !== null) return session;
  return { ...session, arrived: { ...session.arrived, [by]: at } };
}

function prepare(session: Session, { by, positive, notes }: Did<'PreparationWritten'>): Taken {
  if (by === 'rep' && positive !== undefined) return notYours('The positive is the manager’s to say.');
  const { manager, rep } = session.words;
  const noted = notes === undefined ? {} : { notes };
  return by === 'rep'
    ? withWords(session, { rep: { ...rep, ...noted } })
    : withWords(session, { manager: { ...manager, ...noted, ...(positive !== undefined && { positive }) } });
}

function inspect(session: Session, { by, at, tried }: Did<'CommitmentInspected'>): Taken {
  if (session.inspects === null) return notPossible('There is no commitment of an earlier meeting.');
  return { ...session, tried, done: { by, at, what: 'inspected' } };
}

/** F017: two deals, one stuck and one exciting, never a third. F006: they are the rep's. */
function addDeal(session: Session, { by, deal, name, question }: Did<'DealAdded'>): Taken {
  const { stuck, exciting } = session.words.pair;
  if (stuck && exciting)
    return notPossible('Two deals are on the table already; a third would push them out.');
  if (session.words.pair[deal]) return notPossible(`There is a deal in the ${deal} place already.`);
  return ofRep(session, { by }, { [deal]: { name, question, nextStep: '', inOneSentence: null } });
}

function changeDeal(session: Session, did: Did<'DealChanged'>): Taken {
  const { by, deal, name, question, inOneSentence } = did;
  const known = session.words.pair[deal];
  if (!known) return notNow(`There is no ${deal} deal yet.`);
  if (inOneSentence !== undefined && name === undefined && question === undefined)
    return withWords(session, { pair: { ...session.words.pair, [deal]: { ...known, inOneSentence } } });
  const changed = {
    ...known,
    ...(name !== undefined && { name }),
    ...(question !== undefined && { question }),
    ...(inOneSentence !== undefined && { inOneSentence }),
  };
  return ofRep(session, { by }, { [deal]: changed });
}

/** F040: one next step for each, the stuck one first. */
function writeNextStep(session: Session, { deal, text }: Did<'NextStepWritten'>): Taken {
  const { pair } = session.words;
  const known = pair[deal];
  if (!known) return notNow(`There is no ${deal} deal yet.`);
  if (deal === 'exciting' && session.looking === 'stuck' && pair.stuck)
    return notNow('The stuck deal comes first.');
  return withWords(session, { pair: { ...pair, [deal]: { ...known, nextStep: text } } });
}

/** F011: nobody demonstrates before the rep's answer is noted. Steps open one after the other. */
function reach(session: Session, { at, step }: Did<'CoachingStepReached'>): Taken {
  const to = STEPS.indexOf(step);
  const reached = Math.max(0, ...STEPS.flatMap((each, i) => (session.steps[each] === undefined ? [] : [i])));
  if (to > reached + 1) return notNow('One step after the other.');
  if (to >= STEPS.indexOf('demonstrate') && session.words.pair.answer === '')
    return notNow('Ask before you tell: the rep’s answer has to be noted first.');
  return { ...session, step, steps: { ...session.steps, [step]: session.steps[step] ?? at } };
}

/** F119: asked only where the format has a block for it, so that nobody keeps such words without a place to read them. */
function answerResilience(session: Session, did: Did<'ResilienceAnswered'>): Taken {
  if (!session.blocks.some(({ kind }) => kind === 'resilience'))
    return notPossible('This meeting has no resilience block.');
  return ofRep(session, did, { resilience: did.text });
}

/** F015: last week's commitment is inspected before this week's is written. An edit voids what was confirmed. */
function commit(session: Session, { by, at, text }: Did<'CommitmentWritten'>): Taken {
  if (by !== 'rep') return notYours('The commitment is in the rep’s hands.');
  const locked = commitmentLocked(session);
  if (locked !== null) return notNow(locked);
  if (text === session.words.pair.commitment) return session;
  const written = withWords(session, { pair: { ...session.words.pair, commitment: text } });
  return {
    ...written,
    edit: session.edit + 1,
    confirmed: NOBODY,
    done: { by, at, what: 'wrote the commitment' },
  };
}

/** Why no commitment can be written now, for the person who would; null where it can. */
export function commitmentLocked({ inspects, tried }: Session): string | null {
  if (inspects === null || tried !== null) return null;
  return 'Look at last week’s commitment first: was it tried?';
}

function confirm(session: Session, { by, at, edit }: Did<'CommitmentConfirmed'>): Taken {
  if (session.edit === 0) return notNow('There is no commitment to confirm yet.');
  if (edit !== session.edit) return notNow('The commitment has changed since; read it again.');
  if (session.confirmed[by] !== null) return session;
  const confirmed = { ...session.confirmed, [by]: at };
  return whenOver({ ...session, confirmed, done: { by, at, what: 'confirmed' } }, at);
}

function ofManager(session: Session, did: Did<'CareerMarked'> | Did<'SkippedStepNamed'>): Taken {
  if (did.by !== 'manager') return notYours('This is the manager’s to say.');
  if (did.kind === 'SkippedStepNamed') return { ...session, wasSkipped: did.step };
  return withWords(session, { manager: { ...session.words.manager, flat: did.flat } });
}

type Pair = Words['pair'];

function ofRep(
  session: Session,
  { by }: Pick<By, 'by'>,
  patch: Partial<Pair & Record<DealKind, Pair['stuck']>>,
): Taken {
  if (by !== 'rep') return notYours('This is the rep’s to write.');
  return withWords(session, { pair: { ...session.words.pair, ...patch } });
}

function withWords(session: Session, patch: Partial<Words>): Session {
  return { ...session, words: { ...session.words, ...patch } };
}
