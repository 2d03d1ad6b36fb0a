import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Seal } from '../platform/seal.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { CalendarAccount } from '../store/store.ts';
import { secretContext } from './account-secret.ts';
import { BuiltinPerson } from './builtin/builtin-person.ts';
import { BuiltinResources } from './builtin/builtin-resources.ts';
import { CalendarError } from './calendar-error.ts';
import type { CalendarClient } from './calendar-client.ts';
import type { Calendar } from './calendar.ts';
import { Calendars } from './calendars.ts';
import { openCaldav } from './caldav/open-caldav.ts';
import { CaldavSettings } from './caldav/settings.ts';
import { IcalendarCalendar } from './icalendar/icalendar-calendar.ts';
import type { CalendarOwner } from './icalendar/icalendar-calendar.ts';
import { VendorAccounts } from './vendor-accounts.ts';

/** Opens an account's calendar with the adapter of its provider. Secrets are unsealed here and nowhere else. */
@Injectable()
export class ProviderCalendars extends Calendars {
  constructor(
    private readonly store: PostgresStore,
    private readonly seal: Seal,
    private readonly clock: Clock,
    private readonly vendors: VendorAccounts,
  ) {
    super();
  }

  override async open(organisation: string, account: CalendarAccount): Promise<Calendar> {
    const owner = await this.ownerOf(organisation, account);
    switch (account.provider) {
      case 'builtin': {
        const resources = new BuiltinResources(this.store, organisation, account.id);
        return new IcalendarCalendar(resources, owner, () => this.clock.now());
      }
      case 'caldav':
        return openCaldav(this.settingsOf(organisation, account), { owner, clock: this.clock });
      case 'google':
      case 'microsoft':
        return this.vendors.open(organisation, account, owner);
      default: {
        const forgotten: never = account.provider;
        return forgotten;
      }
    }
  }

  private settingsOf(organisation: string, { id, settings }: CalendarAccount): CaldavSettings {
    const { secret, ...rest } = settings;
    const password = secret === undefined ? undefined : this.opened(secret, secretContext(organisation, id));
    const read = CaldavSettings.safeParse({ ...rest, password });
    if (read.success) return read.data;
    throw new CalendarError(
      'AccessRevoked',
      'The settings of this calendar are incomplete. Connect it again.',
    );
  }

  private opened(secret: string, context: string): string {
    try {
      return this.seal.open(secret, context);
    } catch (cause) {
      const message = 'The password of this calendar was sealed with another key. Connect it again.';
      throw new CalendarError('AccessRevoked', message, { cause });
    }
  }

  private async ownerOf(organisation: string, account: CalendarAccount): Promise<CalendarOwner> {
    const person = await this.store.transaction(organisation, ({ people }) => people.load(account.person));
    return { zone: person?.zone ?? 'UTC', emails: person ? [person.email] : [] };
  }
}

/** The built-in calendar as a person edits it, on any clock. */
export function builtinClient(store: PostgresStore, clock: Clock): CalendarClient {
  return new BuiltinPerson(store, clock);
}
