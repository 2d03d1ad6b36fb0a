import type { AccountView } from '../../src/accounts/accounts.api.ts';
import { texts } from '../look/texts.ts';
import { whenText } from '../look/times.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import type { PageProps } from '../program/page-props.ts';
import { Skeleton } from '../parts/skeleton.tsx';
import { addresses } from '../program/addresses.ts';
import type { Fact } from '../program/facts.ts';
import { formOf } from '../program/model.ts';
import { readingOf, valueOf } from '../program/reading.ts';

/** Each calendar's health: when it was last read, why it stands still, and what to do. */
export function Accounts({ model, send }: PageProps) {
  const { value, failure } = readingOf(model.readings, addresses.accounts);
  return (
    <section>
      <h2>{texts.calendar.yours}</h2>
      {!value && (failure ? <FailureNote failure={failure} /> : <Skeleton lines={3} />)}
      {value?.items.length === 0 && <p>{texts.calendar.none}</p>}
      <ul class="plain-rows">
        {value?.items.map((account) => (
          <Account key={account.id} model={model} send={send} account={account} />
        ))}
      </ul>
    </section>
  );
}

type AccountProps = PageProps & { readonly account: AccountView };

function Account({ model, send, account }: AccountProps) {
  const { failure } = formOf(model, formName(account));
  const me = valueOf(model.readings, addresses.me)!.person;
  const own = account.person.id === me.id;
  return (
    <li class="account">
      <h3>
        {account.calendar?.name ?? texts.calendar[account.provider]}
        {!own && ` · ${account.person.name}`}
      </h3>
      <Health account={account} zone={me.zone} />
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
  return (
    <div class="buttons">
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

function Health({ account, zone }: { account: AccountView; zone: string }) {
  const { state, verifiedAt, because, asks, whatToDo } = account;
  const verified = verifiedAt
    ? texts.calendar.verified(whenText(verifiedAt, zone))
    : texts.calendar.neverVerified;
  return (
    <>
      <p class={state === 'connected' ? 'quiet' : 'asks'}>
        {texts.calendar[state]}. {verified}
        {because && ` ${because}`}
        {state !== 'connected' && ` ${texts.calendar.counted}`}
        {whatToDo && ` ${whatToDo}`}
      </p>
      {asks.map((ask) => (
        <p class="asks" key={ask}>
          {ask}
        </p>
      ))}
    </>
  );
}
