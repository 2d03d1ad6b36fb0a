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
import { readingOf, valueOf } from '../program/reading.ts';
import { flaggedFirst } from './flagged-first.ts';
import { StateGrid } from './grid.tsx';
import { HeldPlot } from './held-plot.tsx';
import { PeriodPicker } from './period-picker.tsx';
import { StateTable } from './table.tsx';
import { Whole } from './whole.tsx';

/** Whether the cadence is kept: every pair, every week. */
export function AuditPage({ model, send }: PageProps) {
  const me = valueOf(model.readings, addresses.me)!;
  const route = shownRoute(model.route, me);
  const period = periodOf(route.page === 'audit' ? route : { from: null, until: null }, model.now);
  const { value, failure } = readingOf(model.readings, addresses.grid(period.from, period.until));
  const grid = value && flaggedFirst(value);
  const props = { model, send, zone: me.organisation.zone };
  const other = model.auditAs === 'grid' ? 'table' : 'grid';
  return (
    <article
      class="audit"
      onKeyDown={(event) => {
        if (isTyping(event) || event.key.toLowerCase() !== 't') return;
        send({ kind: 'AuditShownAs', as: other });
      }}
    >
      <header>
        <h1>{texts.audit.title}</h1>
        <p class="quiet">{texts.audit.what}</p>
        <Whole model={model} />
      </header>
      <PeriodPicker model={model} send={send} period={period} />
      <div class="buttons">
        <Button press={() => send({ kind: 'AuditShownAs', as: other })}>
          {other === 'table' ? texts.audit.asTable : texts.audit.asGrid}
        </Button>
        <span class="hint">{texts.audit.tableKey}</span>
      </div>
      {!grid && (failure ? <FailureNote failure={failure} /> : <Skeleton lines={8} />)}
      {grid && grid.weeks.length === 0 && <p>{texts.audit.empty}</p>}
      {grid && grid.weeks.length > 0 && model.auditAs === 'grid' && (
        <div id="audit-cells" class="audit-cells" tabIndex={-1}>
          <StateGrid {...props} grid={grid} />
          <p class="hint" id="grid-keys">
            {texts.audit.keys}
          </p>
          <Key />
          <HeldPlot grid={grid} />
        </div>
      )}
      {grid && grid.weeks.length > 0 && model.auditAs === 'table' && (
        <div id="audit-cells" class="audit-cells" tabIndex={-1}>
          <StateTable {...props} grid={grid} />
        </div>
      )}
    </article>
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

function isTyping({ target, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (altKey || ctrlKey || metaKey) return true;
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
