import type { AccountView } from '../../src/accounts/accounts.api.ts';
import { texts } from '../look/texts.ts';
import { whenText } from '../look/times.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import type { PageProps } from '../program/page-props.ts';
import { Skeleton } from '../parts/skeleton.tsx';
import { addresses } from '../program/addresses.ts';
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

function Account({ model, send, account }: PageProps & { account: AccountView }) {
  const form = `account-${account.id}`;
  const { phase, failure } = formOf(model, form);
  const me = valueOf(model.readings, addresses.me)!.person;
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
        {account.calendar?.name ?? texts.calendar[account.provider]}
        {account.person.id !== me.id && ` · ${account.person.name}`}
      </h3>
      <Health account={account} zone={me.zone} />
      <FailureNote failure={failure} />
      <div class="buttons">
        <Button busy={phase === 'sending'} press={() => press('check')}>
          {texts.calendar.check}
        </Button>
        {account.asks.length > 0 && (
          <Button weight="first" busy={phase === 'sending'} press={() => press('release')}>
            {texts.calendar.release}
          </Button>
        )}
      </div>
    </li>
  );
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
