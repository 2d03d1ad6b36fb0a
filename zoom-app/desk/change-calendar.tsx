import type { AccountView } from '../../src/accounts/accounts.api.ts';
import { texts } from '../look/texts.ts';
import { accountName } from '../parts/account-name.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Choice } from '../parts/field.tsx';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import { valueOf } from '../program/reading.ts';
import { ActState } from './act-state.tsx';
import { mayKeep } from './people-of.ts';
import type { SeriesProps } from './series-props.ts';

type ChangeProps = SeriesProps & { readonly form: string; readonly others: readonly AccountView[] };

/** A series goes on in another calendar of its manager; offered while there is one that can be read. */
export function ChangeCalendar(props: SeriesProps) {
  const { model, send, series } = props;
  const form = `change-calendar-${series.id}`;
  const { open, phase } = formOf(model, form);
  const others = otherAccounts(props);
  const busy = phase === 'held' || phase === 'sending';
  const press = () =>
    open
      ? send({ kind: 'FormClosed', form, focus: `${form}-button` })
      : send({ kind: 'FormOpened', form, focus: `${form}-title` });
  return (
    <>
      <ActState model={model} send={send} form={form} held={texts.change.held(chosen(props, form, others))} />
      {others.length > 0 && !busy && (
        <Button id={`${form}-button`} weight="small" expanded={open} press={press}>
          {texts.change.open}
        </Button>
      )}
      {others.length > 0 && open && !busy && <ChangeForm {...props} form={form} others={others} />}
    </>
  );
}

function ChangeForm({ model, send, series, form, others }: ChangeProps) {
  const { values, failure } = formOf(model, form);
  const submit = (event: Event) => {
    event.preventDefault();
    const body = { account: values['account'] ?? others[0]!.id };
    const request = { method: 'PATCH', path: `/api/series/${series.id}`, body } as const;
    const { seriesList, accounts, occurrences, ledger } = addresses;
    const rereads = [seriesList, accounts, occurrences(series.id), ledger(series.id)];
    send({ kind: 'Submitted', form, request, held: true, rereads });
  };
  return (
    <form class="act-form" onSubmit={submit}>
      <h2 id={`${form}-title`} tabIndex={-1}>
        {texts.change.title}
      </h2>
      <p>{texts.change.will}</p>
      <FailureNote failure={failure} known={['account']} />
      <Choice
        model={model}
        send={send}
        form={form}
        name="account"
        label={texts.change.which}
        options={others.map((account) => [account.id, accountName(account)] as const)}
        initial={others[0]!.id}
      />
      <Button weight="first">{texts.change.move}</Button>
    </form>
  );
}

function otherAccounts({ model, series }: SeriesProps): readonly AccountView[] {
  if (!mayKeep(model, series)) return [];
  const accounts = valueOf(model.readings, addresses.accounts)?.items ?? [];
  return accounts.filter(
    ({ id, person, state }) =>
      person.id === series.manager.id && id !== series.account && state === 'connected',
  );
}

function chosen({ model }: SeriesProps, form: string, others: readonly AccountView[]): string {
  const id = formOf(model, form).values['account'];
  const account = others.find((each) => each.id === id) ?? others[0];
  return account ? accountName(account) : '';
}
