import type { Grid } from '../../src/audit/audit.api.ts';

/** `Rui Costa and Maya Lindqvist` */
export function pairName({ manager, rep }: Grid['pairs'][number]): string {
  return `${rep.name} and ${manager.name}`;
}
