import type { OccurrenceView } from '../../src/desk/occurrences.api.ts';
import { addresses } from '../program/addresses.ts';
import type { Address } from '../program/reading.ts';
import type { Request } from '../program/request.ts';

/** What an act is about: the owed meeting, or the recovery meeting that stands apart from it. */
export interface Target {
  readonly occurrence: OccurrenceView;
  readonly kind: 'occurrence' | 'recovery';
}

/** The name of one act's form: every meeting keeps its own drafts. */
export function formName({ occurrence: { series, key }, kind }: Target, act: string): string {
  return `${act}-${kind}-${series.slice(0, 8)}-${key.replace('@', '-')}`;
}

export function post({ occurrence: { series, key }, kind }: Target, act: string, body?: unknown): Request {
  const list = kind === 'occurrence' ? 'occurrences' : 'recoveries';
  return {
    method: 'POST',
    path: `/api/series/${series}/${list}/${key}/${act}`,
    ...(body !== undefined && { body }),
  };
}

/** What an act changes, to be read again once it is saved. */
export function touched({ occurrence: { series } }: Target): readonly Address<unknown>[] {
  return [addresses.occurrences(series), addresses.ledger(series)];
}
