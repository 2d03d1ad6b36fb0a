import type { Providers } from '../../src/accounts/accounts.api.ts';
import { texts } from '../look/texts.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import type { PageProps } from '../program/page-props.ts';
import { valueOf } from '../program/reading.ts';

type Provider = Providers['items'][number];

/** The calendars that most people have: one press leads to their own sign-in page. */
export function Vendors({ model, send }: PageProps) {
  const providers = valueOf(model.readings, addresses.providers)?.items ?? [];
  return (
    <section>
      <h2>{texts.vendor.title}</h2>
      <p>{texts.vendor.what}</p>
      <div class="buttons">
        {providers.map((provider) => (
          <Vendor key={provider.provider} model={model} send={send} provider={provider} />
        ))}
      </div>
    </section>
  );
}

function Vendor({
  model,
  send,
  provider: { provider, signIn, because },
}: PageProps & { provider: Provider }) {
  if (!signIn) return <p class="quiet">{because}</p>;
  const label = texts.vendor.connect(texts.calendar[provider]);
  return <SignIn model={model} send={send} form={`sign-in-${provider}`} provider={provider} label={label} />;
}

interface SignInProps extends PageProps {
  readonly form: string;
  readonly provider: Provider['provider'];
  readonly label: string;
  /** To be opened again; a new one where it is left out. */
  readonly account?: string;
}

/** Leaves for the vendor's page; its answer comes back to this one. */
export function SignIn({ model, send, form, provider, label, account }: SignInProps) {
  const { phase, failure } = formOf(model, form);
  const query = account === undefined ? '' : `?account=${account}`;
  const request = { method: 'GET', path: `/api/calendar-accounts/${provider}/start${query}` } as const;
  return (
    <>
      <FailureNote failure={failure} />
      <Button
        weight="first"
        busy={phase === 'sending'}
        press={() => send({ kind: 'Submitted', form, request, leaves: true })}
      >
        {label}
      </Button>
    </>
  );
}
