import { texts } from '../look/texts.ts';
import { weekdayText } from '../look/times.ts';
import { Choice, Field } from '../parts/field.tsx';
import { addresses } from '../program/addresses.ts';
import type { PageProps } from '../program/page-props.ts';
import { valueOf } from '../program/reading.ts';

/** When a pair meets, as the API names it. */
export interface Anchor {
  /** 1 is Monday. */
  readonly weekday: number;
  /** `11:00` on the zone's clock. */
  readonly time: string;
  readonly zone: string;
}

export const ANCHOR_FIELDS = ['weekday', 'time', 'zone'];

/** The weekday, the time and the zone of an anchor. */
export function AnchorFields({ initial, ...field }: PageProps & { form: string; initial: Anchor }) {
  const worked = valueOf(field.model.readings, addresses.organisation)?.workingDays ?? [];
  const days = [...new Set([...worked, initial.weekday])].toSorted((a, b) => a - b);
  return (
    <>
      <Choice
        {...field}
        name="weekday"
        label={texts.series.weekday}
        options={days.map((day) => [String(day), weekdayText(day)])}
        initial={String(initial.weekday)}
      />
      <Field {...field} name="time" type="time" label={texts.series.time} initial={initial.time} required />
      <Field {...field} name="zone" label={texts.series.zone} initial={initial.zone} required />
    </>
  );
}

/** What the fields say, as far as they were touched. */
export function anchorIn(values: Readonly<Record<string, string>>, initial: Anchor): Anchor {
  const { weekday = initial.weekday, time = initial.time, zone = initial.zone } = values;
  return { weekday: Number(weekday), time, zone: zone.trim() };
}
