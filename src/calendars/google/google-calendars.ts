import type { Calendar } from '../calendar.ts';
import type { VendorLimits } from '../calls.ts';
import type { Push } from '../push.ts';
import { VendorCalendars } from '../vendor.ts';
import type { VendorDeps, VendorSettings } from '../vendor.ts';
import { GoogleCalendar } from './google-calendar.ts';
import { GoogleClient } from './google-client.ts';
import { GooglePush } from './google-push.ts';
import { GoogleSignIn } from './google-sign-in.ts';
import type { GoogleSignInDeps } from './google-sign-in.ts';

/** Google Calendar, for people who sign in themselves and for domains that let a service account in. */
export class GoogleCalendars extends VendorCalendars {
  override readonly signIn: GoogleSignIn;

  /** Google counts 10,000 and 600 a minute; a patch counts three times, and people's own clients count, too. */
  override readonly limits: VendorLimits = {
    projectPerMinute: 8000,
    accountPerMinute: 200,
    atOnce: 4,
    mailsPerMinute: 30,
  };

  constructor(private readonly deps: GoogleSignInDeps) {
    super();
    this.signIn = new GoogleSignIn(deps);
  }

  override open(settings: VendorSettings, deps: VendorDeps): Calendar {
    return new GoogleCalendar(this.client(settings, deps), deps.owner);
  }

  override push(settings: VendorSettings, deps: Omit<VendorDeps, 'owner'>): Push {
    return new GooglePush(this.client(settings, deps));
  }

  private client(
    settings: VendorSettings,
    { access, calls, clock }: Omit<VendorDeps, 'owner'>,
  ): GoogleClient {
    const { fetch } = this.deps;
    return new GoogleClient(settings, { access, calls, clock, ...(fetch ? { fetch } : {}) });
  }
}
