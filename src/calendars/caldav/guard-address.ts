import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { CalendarError } from '../calendar-error.ts';

/** All addresses of a host name. */
export type Lookup = (host: string) => Promise<readonly string[]>;

export const systemLookup: Lookup = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

// Cloud machines answer with their own credentials there; no calendar ever lives at a link-local address.
const refused = new BlockList();
refused.addSubnet('169.254.0.0', 16, 'ipv4');
refused.addSubnet('fe80::', 10, 'ipv6');
refused.addAddress('fd00:ec2::254', 'ipv6');
refused.addAddress('100.100.100.200', 'ipv4');

/** @throws CalendarError where the host is, or resolves to, an address that is never a calendar server's */
export async function guardAddress(url: URL, resolve: Lookup): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : await addressesOf(host, resolve);
  if (addresses.some(isRefused)) {
    throw new CalendarError('Unreachable', 'This address belongs to no calendar server.');
  }
}

async function addressesOf(host: string, resolve: Lookup): Promise<readonly string[]> {
  try {
    return await resolve(host);
  } catch (cause) {
    throw new CalendarError('Unreachable', `There is no server called ${host}.`, { cause });
  }
}

function isRefused(address: string): boolean {
  return refused.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
