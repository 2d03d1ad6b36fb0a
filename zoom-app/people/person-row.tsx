import type { PersonView } from '../../src/people/people.api.ts';
import { texts } from '../look/texts.ts';
import { cityOf, weekdayText } from '../look/times.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import type { PageProps } from '../program/page-props.ts';
import { isAdmin } from './is-admin.ts';
import { Leave } from './leave.tsx';
import { OPEN_PATTERN, openOf, openText } from './open-hours.ts';
import { WEEKDAYS } from './working-week.ts';

type PersonProps = PageProps & { readonly person: PersonView };

/** Somebody with their roles; an admin opens their hours and leave below. */
export function PersonRow({ model, send, person }: PersonProps) {
  const { id, name, roles, email, zone } = person;
  const form = `person-${id}`;
  const { open } = formOf(model, form);
  const press = () => send({ kind: open ? 'FormClosed' : 'FormOpened', form, focus: `${form}-button` });
  return (
    <li>
      <span>{name}</span>
      <span class="quiet">
        {roles.map((role) => texts.people.roles[role]).join(', ')} · {email} · {zone}
      </span>
      {isAdmin(model) && (
        <div>
          <Button id={`${form}-button`} weight="small" expanded={open} press={press}>
            {texts.people.hoursAndLeave(name)}
          </Button>
        </div>
      )}
      {open && (
        <div class="person-more">
          <Hours model={model} send={send} person={person} />
          <Leave model={model} send={send} person={person} />
        </div>
      )}
    </li>
  );
}

function Hours({ model, send, person }: PersonProps) {
  const form = `hours-${person.id}`;
  const { failure, phase, values } = formOf(model, form);
  const textOf = (day: number) => openText(person.hours[`${day as 1}`]);
  const submit = (event: Event) => {
    event.preventDefault();
    const typed = WEEKDAYS.map((day) => [day, openOf(values[`hours.${day}`] ?? textOf(day))] as const);
    const body = { hours: Object.fromEntries(typed.filter(([, open]) => open.length > 0)) };
    const request = { method: 'PATCH', path: `/api/people/${person.id}`, body } as const;
    send({ kind: 'Submitted', form, request, keeps: true, rereads: [addresses.people] });
  };
  return (
    <form class="act-form" onSubmit={submit}>
      <h3 id={`${form}-title`} tabIndex={-1}>
        {texts.people.hours}
      </h3>
      <p class="hint">{texts.people.hoursNote(cityOf(person.zone))}</p>
      <FailureNote failure={failure} known={WEEKDAYS.map((day) => `hours.${day}`)} />
      {WEEKDAYS.map((day) => (
        <Field
          key={day}
          model={model}
          send={send}
          form={form}
          name={`hours.${day}`}
          label={weekdayText(day)}
          initial={textOf(day)}
          pattern={OPEN_PATTERN}
          title={texts.people.hoursLike}
        />
      ))}
      <Button weight="first" busy={phase === 'sending'}>
        {texts.people.hoursDo}
      </Button>
      {phase === 'saved' && <p class="act-saved">{texts.acts.saved}</p>}
    </form>
  );
}
