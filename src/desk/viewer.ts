import type { Side } from '../domain/person.ts';
import type { Caller } from '../platform/access/caller.ts';

/** The two people of a pair, by id. */
export interface TwoPeople {
  readonly manager: string;
  readonly rep: string;
}

/** On which side of a pair the caller is, if on either. */
export function sideOf(caller: Caller, pair: TwoPeople): Side | null {
  if (pair.manager === caller.person) return 'manager';
  return pair.rep === caller.person ? 'rep' : null;
}

/** Admins and auditors see that meetings happen, everywhere; others see their own pairs. */
export function seesAll({ roles }: Pick<Caller, 'roles'>): boolean {
  return roles.includes('admin') || roles.includes('auditor');
}

export function maySee(caller: Caller, pair: TwoPeople): boolean {
  return seesAll(caller) || sideOf(caller, pair) !== null;
}

/**
 * As whom the caller acts on a pair's meetings. Somebody of the pair acts as that side even when they are an admin
 * as well: what needs a second person is never done by one. Auditors only look (null).
 */
export function actsAs(caller: Caller, pair: TwoPeople): Side | 'admin' | null {
  return sideOf(caller, pair) ?? (caller.roles.includes('admin') ? 'admin' : null);
}
