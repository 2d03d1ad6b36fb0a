import { overrun } from '../domain/session/clockwork.ts';
import { whatHappened } from '../domain/session/what-happened.ts';
import type { Missing, Session } from '../domain/session/session.ts';
import type { Side } from '../domain/person.ts';
import type { LedgerEntry } from '../store/store.ts';
import type { LiveSession } from './live-session.ts';

interface Told {
  readonly actor: string;
  /** The minute that is running. */
  readonly now: number;
}

type Row = Pick<LedgerEntry, 'kind' | 'facts' | 'because'>;

/** What the ledger keeps of a change: that it was done, by whom and when, never what was said. */
export function ledgerRows(live: LiveSession, after: Session, { actor, now }: Told): LedgerEntry[] {
  const before = live.session;
  const rows: (Row | null)[] = [
    before.startedAt === null && after.startedAt !== null ? STARTED : null,
    before.tried === null && after.tried !== null ? INSPECTED : null,
    ...(['manager', 'rep'] as const).map((side) =>
      before.confirmed[side] === null && after.confirmed[side] !== null ? confirmed(side, after.edit) : null,
    ),
    before.timer.is !== 'closed' && after.timer.is === 'closed' && after.startedAt !== null
      ? closed(after)
      : null,
  ];
  return rows
    .filter((row) => row !== null)
    .map((row) => ({ ...row, at: now, series: live.series, occurrence: live.key, actor }));
}

const STARTED: Row = { kind: 'start session', facts: {}, because: 'The meeting was started on the page.' };

const INSPECTED: Row = {
  kind: 'inspect commitment',
  facts: {},
  because: 'The commitment of the meeting before was looked at.',
};

function confirmed(side: Side, edit: number): Row {
  return {
    kind: 'confirm commitment',
    facts: { side, edit },
    because: `The ${side} confirmed the commitment as it stands.`,
  };
}

const NAMES: Readonly<Record<Missing, string>> = {
  inspection: 'a look at the last commitment',
  artifact: 'a clip',
  commitment: 'the commitment',
  manager_ack: 'the manager’s confirmation',
  rep_ack: 'the rep’s confirmation',
};

function closed(session: Session): Row {
  const { outcome, blocks, artifact, commitment, missing } = whatHappened(session);
  const skipped = blocks.filter((block) => block.skipped !== null);
  return {
    kind: 'close session',
    facts: {
      outcome,
      artifact,
      commitment,
      missing: missing.join(' '),
      skipped: skipped.map((block) => `${block.kind}:${block.skipped}`).join(' '),
      seconds: blocks.map((block) => `${block.kind}:${block.spent}`).join(' '),
      overrun: Math.round(overrun(session, 0) / 1000),
    },
    because:
      missing.length === 0
        ? 'The session is complete: everything was said and both confirmed the commitment.'
        : `The session is over; missing: ${missing.map((what) => NAMES[what]).join(', ')}.`,
  };
}
