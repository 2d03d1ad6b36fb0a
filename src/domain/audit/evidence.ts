import type { Attestation } from '../occurrence.ts';
import type { WhatHappened } from '../session/what-happened.ts';

/** How well it is known that a meeting was held: A best, D least. */
export type EvidenceGrade = 'A' | 'B' | 'C' | 'D';

/** What is known of a meeting beside both sides' word. */
export interface Evidence {
  /** Whether a meeting platform saw both there at once. */
  readonly bothPresent: boolean;
  readonly commitment: WhatHappened['commitment'];
}

/**
 * A: both were seen, and a commitment that both confirmed. B: both say or were seen, and there is a commitment.
 * C: both say or were seen, without one. D: one side alone says so. Null where nobody says that it was held.
 */
export function evidenceGrade(
  attestations: readonly Attestation[],
  { bothPresent, commitment }: Evidence,
): EvidenceGrade | null {
  const sides = new Set(attestations.filter(({ says }) => says === 'held').map(({ by }) => by));
  if (bothPresent && commitment === 'confirmed') return 'A';
  if (bothPresent || sides.size === 2) return commitment === 'none' ? 'C' : 'B';
  return sides.size === 0 ? null : 'D';
}
