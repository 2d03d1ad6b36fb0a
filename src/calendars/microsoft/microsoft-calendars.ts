import type { Clock } from '../../platform/clock.ts';
import type { Calendar } from '../calendar.ts';
import { CalendarError } from '../calendar-error.ts';
import type { VendorLimits } from '../calls.ts';
import type { Push } from '../push.ts';
import { VendorCalendars } from '../vendor.ts';
import type { VendorDeps, VendorSettings } from '../vendor.ts';
import type { EntraClient } from './entra.ts';
import { Graph } from './graph.ts';
import { Holdings } from './holdings.ts';
import type { Place } from './holdings.ts';
import { MicrosoftCalendar } from './microsoft-calendar.ts';
import { MicrosoftPush } from './microsoft-push.ts';
import { MicrosoftSignIn } from './microsoft-sign-in.ts';

interface MicrosoftDeps {
  readonly client: EntraClient;
  readonly clock: Pick<Clock, 'now'>;
  readonly fetch?: typeof fetch;
}

/** Calendars in Microsoft 365, for people who sign in and for mailboxes that the application acts for. */
export class MicrosoftCalendars extends VendorCalendars {
  override readonly signIn: MicrosoftSignIn;

  /**
   * Graph lets one application ask a mailbox 10,000 times in ten minutes, four at a time; Exchange sends 30 mails a
   * minute for each. The person's own clients count as well, so we stay below.
   */
  override readonly limits: VendorLimits = {
    projectPerMinute: 30_000,
    accountPerMinute: 600,
    atOnce: 4,
    mailsPerMinute: 25,
  };

  private readonly fetchFrom: typeof fetch;

  constructor({ client, clock, fetch: given }: MicrosoftDeps) {
    super();
    this.fetchFrom = given ?? ((input, init) => fetch(input, init));
    this.signIn = new MicrosoftSignIn(client, clock, this.fetchFrom);
  }

  override open({ calendarId }: VendorSettings, deps: VendorDeps): Calendar {
    const graph = this.graphWith(deps);
    const holdings = new Holdings(graph, placeOf(calendarId), deps.ids);
    return new MicrosoftCalendar(graph, holdings, deps.owner, () => deps.clock.now());
  }

  override push({ calendarId }: VendorSettings, deps: Omit<VendorDeps, 'owner'>): Push {
    return new MicrosoftPush(this.graphWith(deps), placeOf(calendarId), () => deps.clock.now());
  }

  private graphWith({ access, calls }: Pick<VendorDeps, 'access' | 'calls'>): Graph {
    return new Graph({ access, calls, fetch: this.fetchFrom });
  }
}

function placeOf(calendarId: string): Place {
  const [, mailbox, calendar] = /^(users\/[^/]+)\/calendars\/([^/]+)$/.exec(calendarId) ?? [];
  if (mailbox && calendar) return { mailbox, calendar };
  throw new CalendarError('AccessRevoked', 'The settings of this calendar are incomplete. Connect it again.');
}
