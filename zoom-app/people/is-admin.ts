import { addresses } from '../program/addresses.ts';
import type { Model } from '../program/model.ts';
import { valueOf } from '../program/reading.ts';

/** Whether the reader may change what holds for others. */
export function isAdmin({ readings }: Model): boolean {
  return valueOf(readings, addresses.me)?.person.roles.includes('admin') ?? false;
}
