import type { FoundCalendars } from '../../src/accounts/accounts.api.ts';
import { texts } from '../look/texts.ts';
import { FailureNote } from '../parts/failure.tsx';
import { Choice, Field } from '../parts/field.tsx';
import type { PageProps } from '../program/page-props.ts';
import { addresses } from '../program/addresses.ts';
import { sentenceOf } from '../program/forms.ts';
import { formOf } from '../program/model.ts';

const LOGIN = 'connect-login';
const CHOICE = 'connect-choice';
const ACCOUNTS = '/api/calendar-accounts';

/** Address, user and password first; then one of the calendars found there. */
export function Connect({ model, send }: PageProps) {
  const { values, failure, phase, answer } = formOf(model, LOGIN);
  const { url = '', user = '', password = '' } = values;
  const submit = (event: Event) => {
    event.preventDefault();
    const request = { method: 'POST', path: `${ACCOUNTS}/discover`, body: { url, user, password } } as const;
    send({ kind: 'Submitted', form: LOGIN, request, keeps: true });
  };
  const field = { model, send, form: LOGIN, required: true };
  const found = answer as FoundCalendars | null;
  return (
    <section>
      <h2>{texts.calendar.connect}</h2>
      <p>{texts.calendar.connectWhat}</p>
      <form class="act-form" onSubmit={submit}>
        <FailureNote failure={failure} known={['url', 'user', 'password']} />
        <Field {...field} name="url" type="url" label={texts.calendar.url} />
        <Field {...field} name="user" label={texts.calendar.user} autocomplete="username" />
        <Field
          {...field}
          name="password"
          type="password"
          label={texts.calendar.password}
          autocomplete="current-password"
        />
        <button class="button" type="submit" aria-disabled={phase === 'sending' || undefined}>
          {texts.calendar.find}
        </button>
      </form>
      {found && <ChooseCalendar model={model} send={send} found={found} login={{ url, user, password }} />}
    </section>
  );
}

interface ChooseProps extends PageProps {
  readonly found: FoundCalendars;
  readonly login: { readonly url: string; readonly user: string; readonly password: string };
}

function ChooseCalendar({ model, send, found, login }: ChooseProps) {
  const options = found.items.filter(({ writable }) => writable).map(({ url, name }) => [url, name] as const);
  const { values, failure, phase, answer } = formOf(model, CHOICE);
  if (options.length === 0) return <p>{texts.calendar.noneFound}</p>;
  const calendarUrl = values['calendarUrl'] ?? options[0]![0];
  const submit = (event: Event) => {
    event.preventDefault();
    const request = { method: 'POST', path: ACCOUNTS, body: { ...login, calendarUrl } } as const;
    send({ kind: 'Submitted', form: CHOICE, request, rereads: [addresses.accounts] });
  };
  return (
    <form class="act-form" onSubmit={submit}>
      <FailureNote failure={failure} />
      <Choice
        model={model}
        send={send}
        form={CHOICE}
        name="calendarUrl"
        label={texts.calendar.which}
        options={options}
      />
      <button class="button button-first" type="submit" aria-disabled={phase === 'sending' || undefined}>
        {texts.calendar.connectDo}
      </button>
      {phase === 'saved' && answer !== null && <p class="act-saved">{sentenceOf(answer)}</p>}
    </form>
  );
}
