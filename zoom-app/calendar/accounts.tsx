import type { AccountView } from '../../src/accounts/accounts.api.ts';
import { texts } from '../look/texts.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import type { PageProps } from '../program/page-props.ts';
import { Skeleton } from '../parts/skeleton.tsx';
import { addresses } from '../program/addresses.ts';
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

function Account({ model, send, account }: PageProps & { account: AccountView }) {
  const form = `account-${account.id}`;
  const { phase, failure } = formOf(model, form);
  const me = valueOf(model.readings, addresses.me)!.person;
  const isOwn = account.person.id === me.id;
  const press = (act: 'check' | 'release') =>
    send({
      kind: 'Submitted',
      form,
      request: { method: 'POST', path: `/api/calendar-accounts/${account.id}/${act}` },
      rereads: [addresses.accounts],
    });
  return (
    <li class="account">
      <h3>
        {account.calendar
          ? `${account.calendar.name}, ${texts.calendar[account.provider]}`
          : texts.calendar[account.provider]}
        {!isOwn && ` · ${account.person.name}`}
      </h3>
      <Health account={account} />
      <AccountFacts account={account} zone={me.zone} />
      <FailureNote failure={failure} />
      <div class="buttons">
        {isOwn && account.state === 'disconnected' && <Again model={model} send={send} account={account} />}
        <Button busy={phase === 'sending'} press={() => press('check')}>
          {texts.calendar.check}
        </Button>
        {account.asks.length > 0 && (
          <Button weight="first" busy={phase === 'sending'} press={() => press('release')}>
            {texts.calendar.release}
          </Button>
        )}
        {isOwn && account.push !== null && account.series === 0 && account.state === 'connected' && (
          <OtherCalendar model={model} send={send} account={account} />
        )}
      </div>
    </li>
  );
}

/** Back to the vendor's sign-in, for an account whose owner let us in. */
function Again({ model, send, account }: PageProps & { account: AccountView }) {
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
