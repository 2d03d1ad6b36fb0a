import type { Minute } from '../domain/minute.ts';
import type { Caller } from './access/caller.ts';
import type { LedgerEntry } from '../store/store.ts';

/** A row for what an admin did: ids and which fields, never names or values that tell of a person. */
export function adminAct(
  { person }: Pick<Caller, 'person'>,
  at: Minute,
  kind: string,
  because: string,
  facts: LedgerEntry['facts'] = {},
): LedgerEntry {
  return { at, kind, series: null, occurrence: null, actor: person, facts, because };
}
