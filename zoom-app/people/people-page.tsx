import type { PairView } from '../../src/people/pairs.api.ts';
import { texts } from '../look/texts.ts';
import { FailureNote } from '../parts/failure.tsx';
import { Choice, Field } from '../parts/field.tsx';
import type { PageProps } from '../program/page-props.ts';
import { Skeleton } from '../parts/skeleton.tsx';
import { addresses } from '../program/addresses.ts';
import { EndPair } from './end-pair.tsx';
import { PersonRow } from './person-row.tsx';
import { OrganisationSettings } from './settings.tsx';
import { sentenceOf } from '../program/forms.ts';
import { formOf } from '../program/model.ts';
import { readingOf, valueOf } from '../program/reading.ts';

const ROLES = Object.entries(texts.people.roles);

/** Who is there and who meets whom: an admin sets both up here. */
export function PeoplePage(props: PageProps) {
  return (
    <article class="narrow">
      <h1>{texts.people.title}</h1>
      <Everybody {...props} />
      <AddPerson {...props} />
      <Pairs {...props} />
      <AddPair {...props} />
      <OrganisationSettings {...props} />
    </article>
  );
}

function Everybody({ model, send }: PageProps) {
  const { value, failure } = readingOf(model.readings, addresses.people);
  if (!value) return failure ? <FailureNote failure={failure} /> : <Skeleton lines={4} />;
  return (
    <section>
      <h2>{texts.people.list}</h2>
      <ul class="plain-rows">
        {value.items.map((person) => (
          <PersonRow key={person.id} model={model} send={send} person={person} />
        ))}
      </ul>
    </section>
  );
}

function AddPerson({ model, send }: PageProps) {
  const form = 'add-person';
  const { values, failure, phase, answer } = formOf(model, form);
  const { name = '', email = '', role = 'rep', zone = '' } = values;
  const submit = (event: Event) => {
    event.preventDefault();
    const body = { name, email, roles: [role], ...(zone.trim() && { zone: zone.trim() }) };
    const request = { method: 'POST', path: '/api/people', body } as const;
    send({ kind: 'Submitted', form, request, rereads: [addresses.people] });
  };
  const field = { model, send, form };
  return (
    <form class="act-form" onSubmit={submit}>
      <h2>{texts.people.add}</h2>
      <FailureNote failure={failure} known={['name', 'email', 'zone']} />
      <Field {...field} name="name" label={texts.people.name} required />
      <Field {...field} name="email" type="email" label={texts.people.email} required />
      <Choice {...field} name="role" label={texts.people.role} options={ROLES} initial="rep" />
      <Field {...field} name="zone" label={texts.people.zone} hint={texts.people.zoneHint} />
      <button class="button button-first" type="submit" aria-disabled={phase === 'sending' || undefined}>
        {texts.people.addDo}
      </button>
      {phase === 'saved' && answer !== null && (
        <>
          <p class="act-saved">{sentenceOf(answer)}</p>
          <p>{texts.people.token}</p>
          <pre>npm run token -- --person {(answer as { email: string }).email}</pre>
        </>
      )}
    </form>
  );
}

function Pairs({ model, send }: PageProps) {
  const items = valueOf(model.readings, addresses.pairs)?.items ?? [];
  return (
    <section>
      <h2>{texts.people.pairs}</h2>
      {items.length === 0 && <p class="quiet">{texts.people.noPairs}</p>}
      <ul class="plain-rows">
        {items.map((pair) => (
          <PairRow key={pair.id} model={model} send={send} pair={pair} />
        ))}
      </ul>
    </section>
  );
}

function PairRow({ model, send, pair }: PageProps & { pair: PairView }) {
  const { manager, rep, series, endedAt, endedBecause } = pair;
  return (
    <li>
      <span>
        {manager.name}, {rep.name}
      </span>
      {endedAt === null && series[0] ? (
        <a href={`/series/${series[0]}`}>{texts.people.weeks}</a>
      ) : (
        <span class="quiet">
          {endedAt === null ? texts.people.noSeries : texts.people.ended}
          {endedBecause && `: ${texts.people.ends[endedBecause].toLowerCase()}`}
        </span>
      )}
      <EndPair model={model} send={send} pair={pair} />
    </li>
  );
}

function AddPair({ model, send }: PageProps) {
  const form = 'add-pair';
  const { values, failure, phase, answer } = formOf(model, form);
  const { manager = '', rep = '' } = values;
  const submit = (event: Event) => {
    event.preventDefault();
    const request = { method: 'POST', path: '/api/pairs', body: { manager, rep } } as const;
    send({ kind: 'Submitted', form, request, rereads: [addresses.pairs] });
  };
  const field = { model, send, form };
  return (
    <form class="act-form" onSubmit={submit}>
      <h2>{texts.people.pair}</h2>
      <FailureNote failure={failure} known={['manager', 'rep']} />
      <Choice {...field} name="manager" label={texts.people.manager} options={those(model, 'manager')} />
      <Choice {...field} name="rep" label={texts.people.rep} options={those(model, 'rep')} />
      <button class="button button-first" type="submit" aria-disabled={phase === 'sending' || undefined}>
        {texts.people.pairDo}
      </button>
      {phase === 'saved' && answer !== null && <p class="act-saved">{sentenceOf(answer)}</p>}
    </form>
  );
}

function those(model: PageProps['model'], role: 'manager' | 'rep') {
  const people = valueOf(model.readings, addresses.people)?.items ?? [];
  const options = people
    .filter(({ roles, active }) => active && roles.includes(role))
    .map(({ id, name }) => [id, name] as const);
  return [['', texts.people.choose] as const, ...options];
}
