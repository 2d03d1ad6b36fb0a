import { texts } from '../look/texts.ts';
import { whenText } from '../look/times.ts';
import { addresses } from '../program/addresses.ts';
import { valueOf } from '../program/reading.ts';
import { readerOf } from './people-of.ts';
import type { SeriesProps } from './series-props.ts';

/** The ledger of a series in plain sentences. */
export function History({ model, series }: SeriesProps) {
  const rows = valueOf(model.readings, addresses.ledger(series.id))?.items;
  if (!rows) return null;
  const { zone } = readerOf(model, series);
  return (
    <details class="history">
      <summary>
        <h2>{texts.history.title}</h2>
      </summary>
      <p class="hint">{rows.length === 0 ? texts.history.empty : texts.history.note}</p>
      <ol>
        {rows.toReversed().map(({ seq, at, because }) => (
          <li key={seq}>
            <time class="quiet" dateTime={at}>
              {whenText(at, zone)}
            </time>
            <span>{because}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
