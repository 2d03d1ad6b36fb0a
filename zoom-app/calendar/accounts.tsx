import type { AccountView } from '../../src/accounts/accounts.api.ts';
import { texts } from '../look/texts.ts';
import { accountName } from '../parts/account-name.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import type { PageProps } from '../program/page-props.ts';
import { Skeleton } from '../parts/skeleton.tsx';
import { addresses } from '../program/addresses.ts';
import type { Fact } from '../program/facts.ts';
import { formOf } from '../program/model.ts';
import { readingOf, valueOf } from '../program/reading.ts';
import { AccountFacts } from './account-facts.tsx';
import { OtherCalendar } from './other-calendar.tsx';
import { SignIn } from './vendors.tsx';

/** Each calendar's health: when it was last read, why it stands still, and what to do. */
export function Accounts({ model, send }: PageProps) {
  const { value, failure } = readingOf(model.readings, addresses.accounts);
  return (
    <section>
      <h2>{texts.calendar.yours}</h2>
      {!value && (failure ? <FailureNote failure={failure} /> : <Skeleton lines={3} />)}
      {value?.items.length === 0 && <p>{texts.calendar.none}</p>}
      <ul class="plain-rows">
        {value?.items.toSorted(troubleFirst).map((account) => (
          <Account key={account.id} model={model} send={send} account={account} />
        ))}
      </ul>
    </section>
  );
}

const URGENCY = ['disconnected', 'paused', 'connected'] as const satisfies AccountView['state'][];

function troubleFirst(a: AccountView, b: AccountView): number {
  return URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state);
}

type AccountProps = PageProps & { readonly account: AccountView };

function Account({ model, send, account }: AccountProps) {
  const { failure } = formOf(model, formName(account));
  const me = valueOf(model.readings, addresses.me)!.person;
  const own = account.person.id === me.id;
  return (
    <li class="account">
      <h3>
        {accountName(account)}
        {!own && ` · ${account.person.name}`}
      </h3>
      <Health account={account} />
      <AccountFacts account={account} zone={me.zone} />
      <FailureNote failure={failure} known={['password']} />
      <AccountActs model={model} send={send} account={account} own={own} />
      {own && account.provider === 'caldav' && account.state === 'disconnected' && (
        <Reconnect model={model} send={send} account={account} />
      )}
    </li>
  );
}

function AccountActs({ model, send, account, own }: AccountProps & { own: boolean }) {
  const busy = formOf(model, formName(account)).phase === 'sending';
  const mayChoose = own && account.push !== null && account.series === 0 && account.state === 'connected';
  return (
    <div class="buttons">
      {own && account.state === 'disconnected' && <Again model={model} send={send} account={account} />}
      <Button busy={busy} press={() => send(submitted(account, 'POST', '/check'))}>
        {texts.calendar.check}
      </Button>
      {account.asks.length > 0 && (
        <Button weight="first" busy={busy} press={() => send(submitted(account, 'POST', '/release'))}>
          {texts.calendar.release}
        </Button>
      )}
      {own && !account.primary && (
        <Button busy={busy} press={() => send(submitted(account, 'PATCH', '', { primary: true }))}>
          {texts.calendar.makePrimary}
        </Button>
      )}
      {account.primary && <span class="hint">{texts.calendar.primary}</span>}
      {mayChoose && <OtherCalendar model={model} send={send} account={account} />}
    </div>
  );
}

/** A calendar that no longer lets us in takes a new password and is the same calendar as before. */
function Reconnect({ model, send, account }: AccountProps) {
  const form = formName(account);
  const { password = '' } = formOf(model, form).values;
  return (
    <form
      class="one-line"
      onSubmit={(event) => {
        event.preventDefault();
        send(submitted(account, 'PATCH', '', { password }));
      }}
    >
      <Field
        model={model}
        send={send}
        form={form}
        name="password"
        type="password"
        label={texts.calendar.newPassword}
        autocomplete="current-password"
        required
      />
      <button class="button" type="submit">
        {texts.calendar.reconnect}
      </button>
    </form>
  );
}

function formName({ id }: AccountView): string {
  return `account-${id}`;
}

function submitted(account: AccountView, method: 'POST' | 'PATCH', act: string, body?: unknown): Fact {
  return {
    kind: 'Submitted',
    form: formName(account),
    request: {
      method,
      path: `/api/calendar-accounts/${account.id}${act}`,
      ...(body !== undefined && { body }),
    },
    rereads: [addresses.accounts],
  };
}

/** Back to the vendor's sign-in, for an account whose owner let us in. */
function Again({ model, send, account }: AccountProps) {
  const { id, provider, connectedBy } = account;
  if (provider === 'builtin' || provider === 'caldav' || connectedBy === 'domain') return null;
  const label = texts.vendor.again(texts.calendar[provider]);
  const form = `sign-in-again-${id}`;
  return <SignIn model={model} send={send} form={form} provider={provider} label={label} account={id} />;
}

function Health({ account }: { account: AccountView }) {
  const { state, because, asks, whatToDo, fix } = account;
  return (
    <>
      <p class={state === 'connected' ? 'quiet' : 'asks'}>
        {texts.calendar[state]}.{because && ` ${because}`}
        {state !== 'connected' && ` ${texts.calendar.counted}`}
        {whatToDo && ` ${whatToDo}`}
        {fix && (
          <>
            {' '}
            <a href={fix.url} rel="noreferrer">
              {fix.says}
            </a>
          </>
        )}
      </p>
      {asks.map((ask) => (
        <p class="asks" key={ask}>
          {ask}
        </p>
      ))}
    </>
  );
}
