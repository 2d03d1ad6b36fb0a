import type { AccountView } from '../../src/accounts/accounts.api.ts';
import { texts } from '../look/texts.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Choice } from '../parts/field.tsx';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import type { PageProps } from '../program/page-props.ts';
import { readingOf } from '../program/reading.ts';

/** Another calendar of the same account, as long as no meeting stands in this one. */
export function OtherCalendar({ model, send, account }: PageProps & { account: AccountView }) {
  const form = `calendar-of-${account.id}`;
  const address = addresses.calendarsOf(account.id);
  const { open, phase, failure, values } = formOf(model, form);
  const { value, failure: unread } = readingOf(model.readings, address);
  const options = (value?.items ?? []).filter(({ writable }) => writable);
  if (!open)
    return (
      <Button press={() => send({ kind: 'FormOpened', form, read: address, focus: `${form}-calendar` })}>
        {texts.vendor.otherCalendar}
      </Button>
    );
  const chosen = options.find((option) => option.chosen)?.id ?? '';
  if (value && options.length < 2) return <p class="quiet">{texts.vendor.onlyThisOne}</p>;
  const save = () => {
    const body = { calendar: values['calendar'] ?? chosen };
    const request = { method: 'PATCH', path: `/api/calendar-accounts/${account.id}`, body } as const;
    send({ kind: 'Submitted', form, request, rereads: [addresses.accounts, address] });
  };
  return (
    <div class="act-form">
      <FailureNote failure={failure ?? unread} />
      <Choice
        model={model}
        send={send}
        form={form}
        name="calendar"
        label={texts.calendar.which}
        initial={chosen}
        options={options.map(({ id, name }) => [id, name] as const)}
      />
      <Button busy={phase === 'sending'} press={save}>
        {texts.vendor.chooseDo}
      </Button>
    </div>
  );
}
