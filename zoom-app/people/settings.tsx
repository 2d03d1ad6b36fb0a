import type { OrganisationView } from '../../src/people/organisation.api.ts';
import { texts } from '../look/texts.ts';
import { weekdayText } from '../look/times.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Check } from '../parts/field.tsx';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import type { PageProps } from '../program/page-props.ts';
import { valueOf } from '../program/reading.ts';
import { Holidays } from './holidays.tsx';
import { isAdmin } from './is-admin.ts';
import { inWeekOrder, WEEKDAYS } from './working-week.ts';

type SettingsProps = PageProps & { readonly organisation: OrganisationView };

/** What holds for everybody: the working week, its holidays and the second recovery rule. */
export function OrganisationSettings(props: PageProps) {
  const organisation = valueOf(props.model.readings, addresses.organisation);
  if (!organisation || !isAdmin(props.model)) return null;
  return (
    <section>
      <h2>{texts.settings.title}</h2>
      <p class="hint">{texts.settings.note}</p>
      <Week {...props} organisation={organisation} />
      <Holidays {...props} organisation={organisation} />
    </section>
  );
}

function Week({ model, send, organisation }: SettingsProps) {
  const form = 'settings';
  const { values, failure, phase } = formOf(model, form);
  const before = (day: (typeof WEEKDAYS)[number]) => (organisation.workingDays.includes(day) ? 'yes' : '');
  const twoOfFour = organisation.twoOfFour ? 'yes' : '';
  const submit = (event: Event) => {
    event.preventDefault();
    const days = WEEKDAYS.filter((day) => (values[`day-${day}`] ?? before(day)) === 'yes');
    const body = {
      workingDays: inWeekOrder(days),
      twoOfFour: (values['twoOfFour'] ?? twoOfFour) === 'yes',
    };
    const request = { method: 'PATCH', path: addresses.organisation.path, body } as const;
    send({ kind: 'Submitted', form, request, keeps: true, rereads: [addresses.organisation] });
  };
  const field = { model, send, form };
  return (
    <form class="act-form" onSubmit={submit}>
      <FailureNote failure={failure} />
      <fieldset>
        <legend>{texts.settings.days}</legend>
        {WEEKDAYS.map((day) => (
          <Check {...field} key={day} name={`day-${day}`} label={weekdayText(day)} initial={before(day)} />
        ))}
      </fieldset>
      <Check {...field} name="twoOfFour" label={texts.settings.twoOfFour} initial={twoOfFour} />
      <Button weight="first" busy={phase === 'sending'}>
        {texts.settings.save}
      </Button>
      {phase === 'saved' && <p class="act-saved">{texts.acts.saved}</p>}
    </form>
  );
}
