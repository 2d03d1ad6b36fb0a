import { isOpen } from '../domain/occurrence.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Side } from '../domain/person.ts';
import type { ProblemKind } from '../platform/problems/catalogue.ts';
import { Problem } from '../platform/problems/problem.ts';

/** A field that can be read but not granted. */
export function refused(kind: ProblemKind, field: string, says: string): Problem {
  return new Problem(kind, `${field} ${says}.`, { errors: [{ field, says }] });
}

/** @throws Problem where the occurrence has ended: what is over is never edited */
export function mustBeOpen(o: Occurrence): void {
  if (isOpen(o)) return;
  throw new Problem('conflict', `This meeting has ended as ${o.state.replaceAll('_', ' ')}; that stays.`);
}

/** `The manager`, `The rep` or `An admin`, to begin a sentence with. */
export function who(as: Side | 'admin'): string {
  return as === 'admin' ? 'An admin' : `The ${as}`;
}
