import { minuteFromIso, minuteToIso } from '../domain/minute.ts';
import type { RecoveryKey } from '../domain/facts.ts';
import type { Recovery } from '../domain/recovery.ts';
import { sameSlot, slotAt } from '../domain/slot.ts';
import type { Slot } from '../domain/slot.ts';
import { when } from '../domain/words.ts';
import { closesAt, recoveryReaches } from '../domain/working-week.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { AttestationBody } from './attestations.api.ts';
import { attest, attestationOf, attested } from './attest.ts';
import { cannotMakeIt, keepWords } from './cannot-make-it.ts';
import type { AtOccurrence, Said } from './desk.ts';
import { moveOccurrence } from './move-occurrence.ts';
import type { CannotMakeItBody, MoveBody } from './occurrences.api.ts';
import type { PrivateWords } from './private-words.ts';
import { refused, who } from './refusals.ts';

/** Dragging a recovery is accepted; it counts as late where that is late, and does not drift for ever. */
export async function moveRecovery(at: AtOccurrence, body: MoveBody): Promise<Said> {
  const booked = bookedOf(at);
  if (booked === 'the occurrence itself') return moveOccurrence(at, body);
  const { listed, week, now, as } = at;
  const { rule, minutes } = listed.series;
  const to = slotAt(minuteFromIso(body.start), minutes);
  if (to.start <= now) throw refused('not-possible', 'start', 'lies in the past');
  if (to.end > recoveryReaches(week, rule.zone, booked.recovery.dueBy))
    throw refused('not-possible', 'start', 'lies later than the week after the recovery is due');
  if (sameSlot(to, booked.slot)) throw new Problem('conflict', 'The recovery meeting stands there already.');
  return {
    act: { kind: 'move', on: booked.on, to },
    entry: {
      kind: 'ask for move',
      facts: { by: as, to: minuteToIso(to.start), recovery: true },
      because: `${who(as)} moved the recovery meeting to ${when(rule.zone, to.start)}.`,
    },
  };
}

/** Another time is looked for until the recovery is due. */
export async function cannotMakeRecovery(
  at: AtOccurrence,
  body: CannotMakeItBody,
  privateWords: PrivateWords,
): Promise<Said> {
  const booked = bookedOf(at);
  if (booked === 'the occurrence itself') return cannotMakeIt(at, body, privateWords);
  if (booked.slot.start <= at.now) {
    throw new Problem('conflict', 'It has begun already: say whether it was held instead.');
  }
  await keepWords(at, booked.recovery.second, body, privateWords);
  return {
    act: { kind: 'cannot-make-it', on: booked.on, category: body.category },
    entry: {
      kind: 'cannot make it',
      facts: { by: at.as, category: body.category, recovery: true },
      because: `${who(at.as)} cannot make the recovery meeting (${body.category.replaceAll('_', ' ')}).`,
    },
  };
}

/** Both have to say that a recovery of its own was held; then it clears the counter. */
export async function attestRecovery(at: AtOccurrence, body: AttestationBody): Promise<Said> {
  const booked = bookedOf(at);
  if (booked === 'the occurrence itself') return attest(at, body);
  const { listed, week, now, stores } = at;
  if (booked.slot.start > now) throw new Problem('conflict', 'It has not begun yet; say it once it has.');
  if (now >= closesAt(week, listed.series.rule.zone, booked.slot)) {
    throw new Problem('conflict', 'Two working days after it the recovery closed; that stays.');
  }
  const attestation = attestationOf(at, body);
  await stores.peopleSay.attest(listed.series.id, booked.recovery.second, attestation, 'recovery');
  return attested(at, attestation);
}

interface Booked {
  readonly recovery: Recovery;
  readonly slot: Slot;
  readonly on: RecoveryKey;
}

/** @throws Problem where there is no recovery, or none that stands anywhere */
function bookedOf({ whole: { recovery } }: AtOccurrence): Booked | 'the occurrence itself' {
  if (!recovery) throw new Problem('unknown-recovery');
  if (recovery.state === 'due')
    throw new Problem('conflict', 'No time has been found for this recovery yet.');
  if (recovery.state !== 'booked' || recovery.is === null) {
    throw new Problem('conflict', `This recovery has ended as ${recovery.state}; that stays.`);
  }
  if (recovery.is.kind === 'occurrence') return 'the occurrence itself';
  return { recovery, slot: recovery.is.slot, on: `recovery:${recovery.second}` };
}
