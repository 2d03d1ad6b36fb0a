import type { OccurrenceView } from '../../src/desk/occurrences.api.ts';
import type { RecoveryView } from '../../src/desk/recoveries.api.ts';
import { RECOVERY_LOOK } from '../look/states.ts';
import { texts } from '../look/texts.ts';
import { cityOf, elsewhereText, slotText, whenText } from '../look/times.ts';
import { Shape } from '../parts/shape.tsx';
import { addresses } from '../program/addresses.ts';
import type { Model } from '../program/model.ts';
import { valueOf } from '../program/reading.ts';
import { firstName } from './people-of.ts';
import type { Reader } from './people-of.ts';

interface Facts {
  readonly occurrence: OccurrenceView;
  readonly reader: Reader;
}

/** The slot on the reader's clock, and beside it the other one's where that differs. */
export function Slot({ occurrence: { slot }, reader }: Facts) {
  const there = elsewhereText(slot.start, reader.other.zone, reader.zone);
  return (
    <>
      <time dateTime={slot.start}>{slotText(slot, reader.zone)}</time>
      {there && (
        <span class="elsewhere">
          {texts.desk.forOther(there, firstName(reader.other), cityOf(reader.other.zone))}
        </span>
      )}
    </>
  );
}

/** What happened to it and why, oldest first; the latest reason last. */
export function Reasons({ occurrence, reader }: Facts) {
  const told = new Set<string>();
  for (const { from, because } of occurrence.moves) {
    told.add(because ?? texts.desk.moved(whenText(from.start, reader.zone)));
  }
  // The state's own word says as much where both sides say it was held.
  if (occurrence.because && occurrence.state !== 'held_attested') told.add(occurrence.because);
  const acts = occurrence.cancelActs.map(({ at, by }) =>
    texts.desk.cancelled(nameOf(by, reader), whenText(at, reader.zone)),
  );
  if (told.size + acts.length === 0) return null;
  return (
    <ul class="reasons">
      {acts.map((act) => (
        <li class="quiet" key={act}>
          {act}
        </li>
      ))}
      {[...told].map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  );
}

/** What the two wrote to each other about it. */
export function Words({ occurrence: { series, key }, reader, model }: Facts & { model: Model }) {
  const words = valueOf(model.readings, addresses.occurrence(series, key))?.words ?? [];
  return (
    <>
      {words.map(({ by, at, words }) => (
        <blockquote key={at + by}>
          <p>{words}</p>
          <footer class="hint">
            {by === reader.other.id ? reader.other.name : texts.desk.you}, {whenText(at, reader.zone)}.{' '}
            {texts.desk.onlyYouTwo}
          </footer>
        </blockquote>
      ))}
    </>
  );
}

/** The recovery that this second cancel made owed. */
export function RecoveryLine({ recovery, reader }: { recovery: RecoveryView; reader: Reader }) {
  return (
    <p class="recovery">
      <Shape look={RECOVERY_LOOK} size={20} />
      <span>{recoverySentence(recovery, reader)}</span>
    </p>
  );
}

function recoverySentence({ state, is, slot, dueBy }: RecoveryView, { zone }: Reader): string {
  const due = whenText(dueBy, zone);
  if (state === 'met' || state === 'late' || state === 'failed') return texts.recovery[state];
  if (is === 'occurrence') return texts.recovery.bookedHere(due);
  if (slot) return `${texts.recovery.bookedApart(slotText(slot, zone))} ${texts.recovery.due(due)}`;
  return texts.recovery.due(due);
}

function nameOf(by: 'manager' | 'rep' | 'unknown', reader: Reader): string {
  if (by === 'unknown') return texts.desk.unknownSide;
  return by === reader.side ? texts.desk.you : firstName(reader[by]);
}
