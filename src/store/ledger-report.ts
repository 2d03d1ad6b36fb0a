import type { LedgerReader } from './ledger-reader.ts';

/**
 * Verifies the chains of these organisations and says a line about each.
 * @returns whether all of them are whole
 */
export async function reportLedgers(
  reader: LedgerReader,
  organisations: readonly { readonly id: string; readonly name: string }[],
  say: (line: string) => void,
): Promise<boolean> {
  let whole = true;
  for (const { id, name } of organisations) {
    const verdict = await reader.verify(id);
    if (verdict.kind === 'whole') {
      say(`${name} (${id}): ${verdict.rows} rows, whole; the last hash is ${verdict.hash}`);
    } else {
      say(`${name} (${id}): broken at row ${verdict.seq}: ${verdict.because}`);
      whole = false;
    }
  }
  return whole;
}
