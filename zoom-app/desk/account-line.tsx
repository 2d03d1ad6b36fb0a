import { texts } from '../look/texts.ts';
import { addresses } from '../program/addresses.ts';
import { valueOf } from '../program/reading.ts';
import type { SeriesProps } from './series-props.ts';

/** Says so when the calendar of this series needs somebody; silent while all is well. */
export function AccountLine({ model, series }: SeriesProps) {
  const accounts = valueOf(model.readings, addresses.accounts)?.items ?? [];
  const account = accounts.find(({ id }) => id === series.account);
  if (!account || (account.state === 'connected' && account.asks.length === 0)) return null;
  return (
    <p class="asks">
      {[account.because, ...account.asks, account.whatToDo].filter(Boolean).join(' ')}{' '}
      <a href="/calendar">{texts.nav.calendar}</a>
    </p>
  );
}
