import { minuteToIso } from '../domain/minute.ts';
import { isOpen } from '../domain/occurrence.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Recovery } from '../domain/recovery.ts';
import { closesAt } from '../domain/working-week.ts';
import type { RecoveryView } from './recoveries.api.ts';
import { viewSlot } from './setting.ts';
import type { Setting } from './setting.ts';
import { actsAs, sideOf } from './viewer.ts';

/** @param second the recovery's own second occurrence */
export function viewRecovery(recovery: Recovery, second: Occurrence, setting: Setting): RecoveryView {
  const { listed, caller } = setting;
  const slot = slotOf(recovery, second);
  return {
    series: listed.series.id,
    key: recovery.second,
    first: recovery.first,
    dueBy: minuteToIso(recovery.dueBy),
    window: recovery.window,
    state: recovery.state,
    is: recovery.is?.kind ?? null,
    slot: slot && viewSlot(slot),
    because: recovery.because,
    attestations: sideOf(caller, listed) ? [...attestationsOf(recovery, second)] : null,
    ...permissions(recovery, second, setting),
  };
}

/** Where the recovery stands, if it stands anywhere. */
function slotOf({ is }: Recovery, second: Occurrence) {
  if (is === null) return null;
  return is.kind === 'separate' ? is.slot : second.slot;
}

function attestationsOf(recovery: Recovery, second: Occurrence) {
  return recovery.is?.kind === 'occurrence' ? second.attestations : recovery.attestations;
}

function permissions(recovery: Recovery, second: Occurrence, { listed, week, caller, now }: Setting) {
  const slot = slotOf(recovery, second);
  const open =
    recovery.state === 'booked' && slot !== null && (recovery.is?.kind === 'separate' || isOpen(second));
  if (!open) return { canMove: false, canAttest: false };
  const closes = closesAt(
    week,
    listed.series.rule.zone,
    recovery.is?.kind === 'separate' ? slot : second.week,
  );
  return {
    canMove: actsAs(caller, listed) !== null,
    canAttest: sideOf(caller, listed) !== null && slot.start <= now && now < closes,
  };
}
