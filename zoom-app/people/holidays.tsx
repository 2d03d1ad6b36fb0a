import type { OrganisationView } from '../../src/people/organisation.api.ts';
import { texts } from '../look/texts.ts';
import { longDayText } from '../look/times.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { addresses } from '../program/addresses.ts';
import type { Fact } from '../program/facts.ts';
import { formOf } from '../program/model.ts';
import type { PageProps } from '../program/page-props.ts';

type HolidayProps = PageProps & { readonly organisation: OrganisationView };

const FORM = 'holidays';

/** Days on which nobody works: those ahead, and a way to add and take out. */
export function Holidays({ model, send, organisation: { holidays } }: HolidayProps) {
  const { values, failure, phase } = formOf(model, FORM);
  const { day = '' } = values;
  const today = new Date(model.now).toISOString().slice(0, 10);
  const ahead = holidays.filter((each) => each >= today);
  const busy = phase === 'sending';
  const submit = (event: Event) => {
    event.preventDefault();
    send(changed([...holidays, day]));
  };
  return (
    <form class="act-form" onSubmit={submit}>
      <h3>{texts.settings.holidays}</h3>
      <p class="hint">{texts.settings.holidaysNote}</p>
      {ahead.length === 0 && <p class="quiet">{texts.settings.holidaysNone}</p>}
      <ul>
        {ahead.map((each) => (
          <li class="day-row" key={each}>
            <span>{longDayText(each)}</span>
            <Button
              weight="small"
              busy={busy}
              press={() => send(changed(holidays.filter((other) => other !== each)))}
            >
              {texts.settings.remove}
            </Button>
          </li>
        ))}
      </ul>
      <FailureNote failure={failure} />
      <Field
        model={model}
        send={send}
        form={FORM}
        name="day"
        type="date"
        label={texts.settings.holiday}
        required
      />
      <Button busy={busy}>{texts.settings.add}</Button>
      {phase === 'saved' && <p class="act-saved">{texts.acts.saved}</p>}
    </form>
  );
}

function changed(holidays: readonly string[]): Fact {
  const request = { method: 'PATCH', path: addresses.organisation.path, body: { holidays } } as const;
  return { kind: 'Submitted', form: FORM, request, rereads: [addresses.organisation] };
}
