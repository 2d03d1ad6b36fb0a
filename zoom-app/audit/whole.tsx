import { texts } from '../look/texts.ts';
import { addresses } from '../program/addresses.ts';
import type { Model } from '../program/model.ts';
import { valueOf } from '../program/reading.ts';

/** Whether the ledger behind all this can be trusted. */
export function Whole({ model }: { model: Model }) {
  const result = valueOf(model.readings, addresses.verification);
  if (!result) return <p class="quiet">{texts.audit.checking}</p>;
  if (result.ok) return <p class="whole">{texts.audit.whole(result.rows)}</p>;
  return <p class="failure">{texts.audit.broken(result.row, result.because)}</p>;
}
