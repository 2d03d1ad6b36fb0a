import { counts } from '../domain/audit/counter.ts';
import { evidenceGrade } from '../domain/audit/evidence.ts';
import { minuteToIso } from '../domain/minute.ts';
import { isOpen, keyOf } from '../domain/occurrence.ts';
import { closesAt } from '../domain/working-week.ts';
import type { WhatHappened } from '../domain/session/what-happened.ts';
import type { WholeOccurrence } from '../store/occurrence-pages.ts';
import type { OccurrenceView } from './occurrences.api.ts';
import { viewRecovery } from './recovery-view.ts';
import type { Setting } from './setting.ts';
import { viewSlot } from './setting.ts';
import { actsAs, sideOf } from './viewer.ts';

export function viewOccurrence(whole: WholeOccurrence, setting: Setting): OccurrenceView {
  const { series, occurrence: o, moves, asked, recovery, happened } = whole;
  const { listed, week, caller } = setting;
  const { zone } = listed.series.rule;
  return {
    series,
    pair: listed.pair,
    key: keyOf(o),
    originalStart: minuteToIso(o.originalStart),
    zone,
    slot: viewSlot(o.slot),
    week: viewSlot(o.week),
    state: o.state,
    excuse: o.excuse,
    because: o.because,
    asks: o.asks,
    moves: moves.map((move) => ({
      from: viewSlot(move.from),
      to: viewSlot(move.to),
      at: minuteToIso(move.at),
      by: move.by,
      because: move.because,
    })),
    cancelActs: o.cancelActs.map(({ at, by }) => ({ at: minuteToIso(at), by })),
    counts: counts(o),
    attestations: sideOf(caller, listed) ? [...o.attestations] : null,
    evidence: evidenceGrade(o.attestations, {
      bothPresent: false,
      commitment: happened?.commitment ?? 'none',
    }),
    session: happened && viewHappened(happened),
    closesAt: minuteToIso(closesAt(week, zone, o.week)),
    recovery: recovery && viewRecovery(recovery, o, setting),
    excuseRequest: asked && { ...asked, at: minuteToIso(asked.at) },
    ...permissions(whole, setting),
  };
}

/** Done or not, and when: this much anybody may know who sees the meeting at all. */
function viewHappened({ startedAt, endedAt, ...happened }: WhatHappened): OccurrenceView['session'] {
  const iso = (at: number | null) => (at === null ? null : minuteToIso(Math.floor(at / 60_000)));
  return {
    startedAt: iso(startedAt),
    endedAt: iso(endedAt),
    outcome: happened.outcome,
    blocks: happened.blocks.map((block) => ({ ...block })),
    inspected: happened.inspected,
    artifact: happened.artifact !== null,
    commitment: happened.commitment,
    missing: [...happened.missing],
  };
}

function permissions({ occurrence: o, asked }: WholeOccurrence, { listed, week, caller, now }: Setting) {
  const acts = actsAs(caller, listed);
  const closed = now >= closesAt(week, listed.series.rule.zone, o.week);
  const awaited = asked !== null && asked.answer === null && asked.by !== caller.person;
  return {
    canMove: acts !== null && isOpen(o) && o.week.end - (o.slot.end - o.slot.start) > now,
    canAttest: sideOf(caller, listed) !== null && isOpen(o) && o.slot.start <= now && !closed,
    canAnswerExcuse: acts !== null && isOpen(o) && awaited,
  };
}
