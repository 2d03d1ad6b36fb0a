import type { Facts } from './facts.ts';
import type { Occurrence } from './occurrence.ts';

/** How far we are with a rep who was taken off the guests: nothing yet, being put back, put back, or asked about. */
export type Uninvited = 'new' | 'owed' | 'put back' | 'asked';

/** Evidence of each stage, per copy of the series or per confirmed write of a meeting. */
const STAGES = { owed: 'taken off', 'put back': 'put back', asked: 'taken off again' } as const;

/** The series' own guests: its evidence is kept by its meetings. */
export function ofSeries({ series }: Facts): string {
  return `series ${series.copy}`;
}

export function ofMeeting({ placed }: Pick<Occurrence, 'placed'>): string {
  return String(placed?.number ?? 0);
}

export function evidenceOf(stage: keyof typeof STAGES, of: string): string {
  return `${STAGES[stage]}:${of}`;
}

export function uninvited(occurrences: readonly Occurrence[], of: string): Uninvited {
  const has = (stage: keyof typeof STAGES) =>
    occurrences.some(({ answered }) => answered.includes(evidenceOf(stage, of)));
  if (has('asked')) return 'asked';
  if (has('put back')) return 'put back';
  return has('owed') ? 'owed' : 'new';
}

/** What was owed is put back: written by us, or seen to be there again. */
export function putBack(facts: Facts, series: boolean, meetings: (o: Occurrence) => boolean): Facts {
  const done = (o: Occurrence, of: string) => {
    const owed = o.answered.includes(evidenceOf('owed', of)) && uninvited([o], of) === 'owed';
    return owed ? [evidenceOf('put back', of)] : [];
  };
  return {
    ...facts,
    occurrences: facts.occurrences.map((o) => {
      const more = [
        ...(series ? done(o, ofSeries(facts)) : []),
        ...(meetings(o) ? done(o, ofMeeting(o)) : []),
      ];
      return more.length === 0 ? o : { ...o, answered: [...o.answered, ...more] };
    }),
  };
}
