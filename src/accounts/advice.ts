import { isVendor } from '../calendars/vendors.ts';
import type { Vendor } from '../calendars/vendor-sign-in.ts';
import type { CalendarAccount } from '../store/store.ts';
import type { AccountView } from './accounts.api.ts';

interface Situation {
  readonly account: CalendarAccount;
  /** Whether a series in it waits for an answer. */
  readonly isAsked: boolean;
  readonly isOwn: boolean;
  /** Why the vendor tells nothing of its changes. */
  readonly unheard: string | null;
}

type Advice = Pick<AccountView, 'whatToDo' | 'fix'>;

export const VENDOR_NAMES = { google: 'Google', microsoft: 'Microsoft' } as const satisfies Record<
  Vendor,
  string
>;

/** What the reader can do about an account's trouble, and where. */
export function adviceOn(situation: Situation): Advice {
  const { account, isAsked, isOwn, unheard } = situation;
  switch (account.state) {
    case 'disconnected':
      return disconnected(account, isOwn);
    case 'paused':
      return says('Nothing is lost, and it is tried again by itself. Check it to try at once.');
    case 'connected':
      if (isAsked) return says(PUT_BACK);
      return unheard !== null && !isOwn ? says(UNHEARD) : NOTHING;
    default: {
      const forgotten: never = account.state;
      return forgotten;
    }
  }
}

function disconnected({ provider, settings }: CalendarAccount, isOwn: boolean): Advice {
  if (!isVendor(provider)) {
    return isOwn
      ? says('Give its password again. Or connect another calendar and move its series there.')
      : says(
          'Ask its owner to give the password again, or to connect another calendar: its series can be moved there.',
        );
  }
  const name = VENDOR_NAMES[provider];
  if (settings['grant'] === 'domain') return { whatToDo: LET_IN(name), fix: DOMAIN_FIXES[provider] };
  return isOwn
    ? { whatToDo: `Sign in at ${name} again.`, fix: PERSON_FIXES[provider] }
    : says(`Ask its owner to open Calendar and sign in at ${name} again.`);
}

function says(whatToDo: string): Advice {
  return { whatToDo, fix: null };
}

const NOTHING: Advice = { whatToDo: null, fix: null };

const PUT_BACK =
  'Look at the calendar. If the meetings should stand there, release the account: they are put back.';
const UNHEARD =
  'Changes are found by asking every few minutes. To hear of them within seconds, see to what stands beside the watch.';
const LET_IN = (name: string) =>
  `An admin of the domain has to let Perennial in again at ${name}. It is then tried again by itself.`;

const PERSON_FIXES = {
  google: { says: 'What Google lets Perennial do', url: 'https://myaccount.google.com/connections' },
  microsoft: { says: 'What Microsoft lets Perennial do', url: 'https://myapps.microsoft.com' },
} as const satisfies Record<Vendor, NonNullable<AccountView['fix']>>;

const DOMAIN_FIXES = {
  google: {
    says: 'Domain-wide delegation in the Google Admin console',
    url: 'https://admin.google.com/ac/owl/domainwidedelegation',
  },
  microsoft: {
    says: 'Enterprise applications in Microsoft Entra',
    url: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade',
  },
} as const satisfies Record<Vendor, NonNullable<AccountView['fix']>>;
