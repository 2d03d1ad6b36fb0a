import '../look/audit.css';
import { texts } from '../look/texts.ts';
import { KEY } from '../look/states.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import type { PageProps } from '../program/page-props.ts';
import { State } from '../parts/shape.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { addresses } from '../program/addresses.ts';
import { shownRoute } from '../program/needs.ts';
import { periodOf } from '../program/period.ts';
import type { Period } from '../program/period.ts';
import { readingOf, valueOf } from '../program/reading.ts';
import { flaggedFirst } from './flagged-first.ts';
import { StateGrid } from './grid.tsx';
import { HeldPlot } from './held-plot.tsx';
import { PeriodPicker } from './period-picker.tsx';
import { StateTable } from './table.tsx';
import { Whole } from './whole.tsx';

/** Whether the cadence is kept: every pair, every week. */
export function AuditPage({ model, send }: PageProps) {
  const route = shownRoute(model.route, valueOf(model.readings, addresses.me));
  const period = periodOf(route.page === 'audit' ? route : { from: null, until: null }, model.now);
  const other = model.auditAs === 'grid' ? 'table' : 'grid';
  const change = () => send({ kind: 'AuditShownAs', as: other });
  return (
    <article class="audit" onKeyDown={(event) => isLetterT(event) && change()}>
      <header>
        <h1>{texts.audit.title}</h1>
        <p class="quiet">{texts.audit.what}</p>
        <Whole model={model} />
      </header>
      <PeriodPicker model={model} send={send} period={period} />
      <div class="buttons">
        <Button press={change}>{other === 'table' ? texts.audit.asTable : texts.audit.asGrid}</Button>
        <span class="hint">{texts.audit.tableKey}</span>
      </div>
      <Cadence model={model} send={send} period={period} />
    </article>
  );
}

/** The period's weeks as shapes with their plot, or all of it in words. */
function Cadence({ model, send, period }: PageProps & { period: Period }) {
  const { value, failure } = readingOf(model.readings, addresses.grid(period.from, period.until));
  if (!value) return failure ? <FailureNote failure={failure} /> : <Skeleton lines={8} />;
  if (value.weeks.length === 0) return <p>{texts.audit.empty}</p>;
  const grid = flaggedFirst(value);
  const { zone } = valueOf(model.readings, addresses.me)!.organisation;
  const props = { model, send, zone, grid };
  return (
    <div id="audit-cells" class="audit-cells" tabIndex={-1}>
      {model.auditAs === 'table' ? (
        <StateTable {...props} />
      ) : (
        <>
          <StateGrid {...props} />
          <p class="hint" id="grid-keys">
            {texts.audit.keys}
          </p>
          <Key />
          <HeldPlot grid={grid} />
        </>
      )}
    </div>
  );
}

function Key() {
  return (
    <ul class="key" aria-label={texts.audit.key}>
      {KEY.map((look) => (
        <li key={look.word}>
          <State look={look} />
        </li>
      ))}
      <li>{texts.audit.underlined}</li>
    </ul>
  );
}

/** Not while somebody types into a field, nor as part of a browser's own shortcut. */
function isLetterT({ target, key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (altKey || ctrlKey || metaKey || key.toLowerCase() !== 't') return false;
  return !(target instanceof HTMLInputElement);
}
