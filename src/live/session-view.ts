import type { Block, BlockKind } from '../domain/agenda/format.ts';
import { FORMATS } from '../domain/agenda/formats.ts';
import {
  COACHING_QUESTIONS,
  careerQuestion,
  dealQuestions,
  resilienceQuestion,
} from '../domain/coaching/questions.ts';
import { minuteToIso } from '../domain/minute.ts';
import type { Side } from '../domain/person.ts';
import { nextLocked, overrun } from '../domain/session/clockwork.ts';
import { asksForCommitmentAt, asksWhatWasSkipped, closesAt, outcomeOf } from '../domain/session/closing.ts';
import { isGone } from '../domain/session/playback.ts';
import type { AttachedClip, RunningBlock, Session } from '../domain/session/session.ts';
import { commitmentLocked } from '../domain/session/written.ts';
import type { ClipAddresses } from './clips/clip-addresses.ts';
import type { SessionView } from './live.api.ts';
import type { LiveSession } from './live-session.ts';
import { sentenceOf } from './sentences.ts';

/** The session as one side sees it: their own preparation alone, and what lies on the table between them. */
export function viewSession(live: LiveSession, side: Side, now: number, clips: ClipAddresses): SessionView {
  const { words } = live.session;
  const both = { ...viewMeeting(live, now), ...viewTable(live, clips, now) };
  if (side === 'rep') return { ...both, you: 'rep', preparation: { notes: words.rep.notes } };
  const { positive, notes, flat } = words.manager;
  const asks = asksWhatWasSkipped(live.session);
  return { ...both, you: 'manager', preparation: { positive, notes }, flat, asksWhatWasSkipped: asks };
}

/** The clock and the people. */
function viewMeeting(live: LiveSession, now: number) {
  const { session, people, slot } = live;
  const { undo, done } = session;
  const closes = closesAt(session, slot.end);
  const nameOf = (kind: BlockKind): string => blockOf(kind, session).name;
  return {
    session: live.id,
    revision: live.revision,
    now,
    people: { manager: { name: people.manager.name }, rep: { name: people.rep.name } },
    occurrence: {
      series: live.series,
      key: live.key,
      slot: { start: minuteToIso(slot.start), end: minuteToIso(slot.end) },
    },
    arrived: session.arrived,
    timer: session.timer,
    current: session.current,
    nextLocked: nextLocked(session),
    blocks: session.blocks.map((block) => viewBlock(block, session)),
    overrun: overrun({ ...session, timer: { is: 'waiting' } }, now),
    closesAt: session.timer.is === 'ended' ? closes : null,
    outcome: outcomeOf(session),
    missing: [...session.missing],
    undo: undo && { sentence: sentenceOf(undo.of, people, nameOf), until: undo.until },
    done: done && { by: done.by, at: done.at, sentence: sentenceOf(done, people, nameOf) },
  };
}

function viewBlock({ kind, ...block }: RunningBlock, session: Session): SessionView['blocks'][number] {
  const { name } = blockOf(kind, session);
  return { kind, name, ...block, cues: CUES[kind] ?? [], prompts: [...promptsOf(kind, session)] };
}

/** F040 and F060: halfway, and before and at the cap, which is ten minutes in every format. */
const CUES: Partial<Record<BlockKind, number[]>> = { deals: [300, 480, 600] };

function promptsOf(kind: BlockKind, session: Session): readonly string[] {
  const { number } = session;
  if (kind === 'deals') return dealQuestions(number);
  if (kind === 'coaching') return COACHING_QUESTIONS;
  if (kind === 'career') return [careerQuestion(number)];
  if (kind === 'resilience') return [resilienceQuestion(number)];
  return blockOf(kind, session).prompts;
}

function blockOf(kind: BlockKind, { format }: Session): Block {
  return FORMATS[format].blocks.find((block) => block.kind === kind)!;
}

function viewResilience({ blocks, number, words }: Session): SessionView['resilience'] {
  if (!blocks.some(({ kind }) => kind === 'resilience')) return null;
  return { question: resilienceQuestion(number), answer: words.pair.resilience };
}

/** A recording whose time is over is said to be gone, rather than offered at an address that has nothing. */
function viewClip(clip: AttachedClip, address: () => ReturnType<ClipAddresses['of']>, now: number) {
  const { id, media, duration, by } = clip;
  const gone = isGone(clip, now);
  const kept = media && !gone ? { type: media.type, bytes: media.bytes, ...address() } : null;
  return { id, media: kept, gone, duration, by };
}

/** What lies between the two: inspection, deals, coaching, the clip, the one commitment. */
function viewTable({ id, organisation, session }: LiveSession, clips: ClipAddresses, now: number) {
  const { words, inspects, tried, confirmed, clip, looking } = session;
  const { pair } = words;
  return {
    inspection: {
      last: inspects === null ? null : { text: pair.lastCommitment, on: inspects },
      tried,
      noticed: pair.noticed,
    },
    deals: { looking, stuck: pair.stuck, exciting: pair.exciting },
    coaching: { step: session.step, answer: pair.answer },
    clip: clip && {
      ...viewClip(clip, () => clips.of({ organisation, session: id, clip: clip.id }, now), now),
      transcript: [...pair.transcript],
    },
    playback: session.playback,
    career: { question: careerQuestion(session.number), answer: pair.career },
    resilience: viewResilience(session),
    commitment: {
      text: pair.commitment,
      edit: session.edit,
      confirmed: { manager: confirmed.manager !== null, rep: confirmed.rep !== null },
      locked: commitmentLocked(session),
    },
    askForCommitmentAt: asksForCommitmentAt(session),
  };
}
