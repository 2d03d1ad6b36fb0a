import type { PersonView } from '../../src/people/people.api.ts';
import { texts } from '../look/texts.ts';
import { longDayText } from '../look/times.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import type { PageProps } from '../program/page-props.ts';

type PersonProps = PageProps & { readonly person: PersonView };

/** Approved leave, each with a way to withdraw it, and more of it. */
export function Leave(props: PersonProps) {
  const { leave } = props.person;
  return (
    <section>
      <h3>{texts.people.leave}</h3>
      <p class="hint">{texts.people.leaveNote}</p>
      {leave?.length ? (
        <ul>
          {leave.map((each) => (
            <LeaveRow key={each.id} {...props} leave={each} />
          ))}
        </ul>
      ) : (
        <p class="quiet">{texts.people.leaveNone}</p>
      )}
      <Approve {...props} />
    </section>
  );
}

type OneLeave = NonNullable<PersonView['leave']>[number];

function LeaveRow({ model, send, person, leave }: PersonProps & { leave: OneLeave }) {
  const form = `withdraw-${leave.id}`;
  const { phase, failure } = formOf(model, form);
  const path = `/api/people/${person.id}/leave/${leave.id}`;
  const request = { method: 'DELETE', path } as const;
  const press = () => send({ kind: 'Submitted', form, request, rereads: [addresses.people] });
  return (
    <li class="day-row">
      <span>{texts.people.leaveOf(longDayText(leave.from), longDayText(leave.until))}</span>
      <Button weight="small" busy={phase === 'sending'} press={press}>
        {texts.people.withdraw}
      </Button>
      <FailureNote failure={failure} />
    </li>
  );
}

function Approve({ model, send, person }: PersonProps) {
  const form = `leave-${person.id}`;
  const { values, failure, phase } = formOf(model, form);
  const { from = '', until = from } = values;
  const submit = (event: Event) => {
    event.preventDefault();
    const request = {
      method: 'POST',
      path: `/api/people/${person.id}/leave`,
      body: { from, until },
    } as const;
    send({ kind: 'Submitted', form, request, rereads: [addresses.people] });
  };
  const field = { model, send, form, type: 'date', required: true } as const;
  return (
    <form class="act-form" onSubmit={submit}>
      <FailureNote failure={failure} known={['from', 'until']} />
      <Field {...field} name="from" label={texts.people.leaveFrom} />
      <Field {...field} name="until" label={texts.people.leaveUntil} min={from} initial={from} />
      <Button busy={phase === 'sending'}>{texts.people.leaveDo}</Button>
      {phase === 'saved' && <p class="act-saved">{texts.acts.saved}</p>}
    </form>
  );
}
