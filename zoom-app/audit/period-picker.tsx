import { texts } from '../look/texts.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import type { PageProps } from '../program/page-props.ts';
import { csvPath } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import { shifted } from '../program/period.ts';
import type { Period } from '../program/period.ts';

/** Which weeks; the address keeps them, so a view can be passed on. */
export function PeriodPicker({ model, send, period }: PageProps & { period: Period }) {
  const form = `period-${period.from}-${period.until}`;
  const { from = period.from, until = period.until } = formOf(model, form).values;
  const go = (to: Period) => send({ kind: 'LinkFollowed', path: `/audit?from=${to.from}&until=${to.until}` });
  const field = { model, send, form, type: 'date' as const, required: true };
  return (
    <form
      class="one-line"
      onSubmit={(event) => {
        event.preventDefault();
        go({ from, until });
      }}
    >
      <Field {...field} name="from" label={texts.audit.from} initial={period.from} />
      <Field {...field} name="until" label={texts.audit.until} initial={period.until} />
      <button class="button" type="submit">
        {texts.audit.show}
      </button>
      <Button press={() => go(shifted(period, -1))}>{texts.audit.earlier}</Button>
      <Button press={() => go(shifted(period, 1))}>{texts.audit.later}</Button>
      <Button
        press={() =>
          send({
            kind: 'DownloadAsked',
            path: csvPath(period.from, period.until),
            name: `cadence-${period.from}-${period.until}.csv`,
          })
        }
      >
        {texts.audit.csv}
      </Button>
    </form>
  );
}
