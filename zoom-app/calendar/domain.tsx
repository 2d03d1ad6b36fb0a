import type { DomainConnected, Providers } from '../../src/accounts/accounts.api.ts';
import { texts } from '../look/texts.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import type { PageProps } from '../program/page-props.ts';
import { valueOf } from '../program/reading.ts';

/** What one request connects at most. */
const AT_ONCE = 50;

/** For admins: everybody of a domain that let Perennial in as a whole. */
export function Domains({ model, send }: PageProps) {
  const providers = valueOf(model.readings, addresses.providers)?.items ?? [];
  const isAdmin = valueOf(model.readings, addresses.me)!.person.roles.includes('admin');
  const domains = providers.filter(({ domain }) => domain);
  if (!isAdmin || domains.length === 0) return null;
  return (
    <section>
      <h2>{texts.domain.title}</h2>
      <p>{texts.domain.what}</p>
      {domains.map(({ provider }) => (
        <Domain key={provider} model={model} send={send} provider={provider} />
      ))}
    </section>
  );
}

type Provider = Providers['items'][number]['provider'];

function Domain({ model, send, provider }: PageProps & { provider: Provider }) {
  const form = `domain-${provider}`;
  const { phase, failure, answer } = formOf(model, form);
  const left = withoutCalendar(model, provider);
  const persons = left.slice(0, AT_ONCE);
  const request = {
    method: 'POST',
    path: '/api/calendar-accounts/domain',
    body: { provider, persons },
  } as const;
  const name = texts.calendar[provider];
  return (
    <>
      <FailureNote failure={failure} />
      {left.length === 0 ? (
        <p class="quiet">{texts.domain.nobodyLeft(name)}</p>
      ) : (
        <Button
          busy={phase === 'sending'}
          press={() => send({ kind: 'Submitted', form, request, rereads: [addresses.accounts] })}
        >
          {texts.domain.connect(name, persons.length)}
        </Button>
      )}
      {answer !== null && <Outcomes connected={answer as DomainConnected} />}
    </>
  );
}

function Outcomes({ connected: { items } }: { connected: DomainConnected }) {
  const refused = items.filter(({ account }) => account === null);
  return (
    <>
      <p class="act-saved">{texts.domain.done(items.length - refused.length)}</p>
      <ul>
        {refused.map(({ person, because }) => (
          <li key={person.id}>
            {person.name}: {because}
          </li>
        ))}
      </ul>
    </>
  );
}

/** People who are here and have no calendar at the provider. */
function withoutCalendar({ readings }: PageProps['model'], provider: Provider): readonly string[] {
  const accounts = valueOf(readings, addresses.accounts)?.items ?? [];
  const have = new Set(accounts.filter((each) => each.provider === provider).map(({ person }) => person.id));
  const people = valueOf(readings, addresses.people)?.items ?? [];
  return people.filter(({ id, active }) => active && !have.has(id)).map(({ id }) => id);
}
