import type { Vendor } from '../calendars/vendor-sign-in.ts';
import { VENDORS } from '../calendars/vendor-sign-in.ts';
import type { Config } from '../config.ts';
import type { Providers } from './accounts.api.ts';

export type Offer = Providers['items'][number];

/** Tenants that stand for "whoever signs in": nobody there could let us in for everybody. */
const ANY_TENANT: readonly string[] = ['common', 'organizations', 'consumers'];

/**
 * What this installation can do at each vendor, and which settings are missing for the rest.
 * @param organisations how many share the installation: a domain's consent is given to one of them, and the admins of
 *   another could otherwise name any mailbox of that domain as their own person's
 */
export function offersOf(config: Config, organisations: number): Offer[] {
  return VENDORS.map((vendor) => {
    const offer = OFFERS[vendor](config);
    return { ...offer, domain: offer.domain && organisations === 1 };
  });
}

export function offerOf(config: Config, vendor: Vendor): Offer {
  return OFFERS[vendor](config);
}

const OFFERS: Readonly<Record<Vendor, (config: Config) => Offer>> = {
  google: ({ googleClient, googleServiceAccount }) => ({
    provider: 'google',
    signIn: googleClient !== null,
    domain: googleServiceAccount !== null,
    because:
      googleClient === null
        ? 'Signing in with Google is off: GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET are not set.'
        : null,
  }),
  microsoft: ({ microsoftClient }) => ({
    provider: 'microsoft',
    signIn: microsoftClient !== null,
    domain: microsoftClient !== null && !ANY_TENANT.includes(microsoftClient.tenant),
    because:
      microsoftClient === null
        ? 'Microsoft 365 is off: MICROSOFT_CLIENT_ID and MICROSOFT_CLIENT_SECRET are not set.'
        : null,
  }),
};
