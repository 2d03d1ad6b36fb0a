import type { Attestation } from '../occurrence.ts';

/** How well it is known that a meeting was held: A best, D least. */
export type EvidenceGrade = 'A' | 'B' | 'C' | 'D';

/**
 * Two words are a B, one alone a D; null where nobody says that it was held. A and C rest on presence, which only a
 * meeting platform can show.
 */
export function evidenceGrade(attestations: readonly Attestation[]): EvidenceGrade | null {
  const sides = new Set(attestations.filter(({ says }) => says === 'held').map(({ by }) => by));
  if (sides.size === 0) return null;
  return sides.size === 2 ? 'B' : 'D';
}
