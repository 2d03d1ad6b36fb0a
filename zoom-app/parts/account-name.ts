import type { AccountView } from '../../src/accounts/accounts.api.ts';
import { texts } from '../look/texts.ts';

/** `Team, CalDAV calendar`; only its owner is told which calendar of the provider it is. */
export function accountName({ calendar, provider }: Pick<AccountView, 'calendar' | 'provider'>): string {
  return calendar ? `${calendar.name}, ${texts.calendar[provider]}` : texts.calendar[provider];
}
