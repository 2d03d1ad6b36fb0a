import { evidenceGrade } from '../../src/domain/audit/evidence.ts';
import type { Attestation } from '../../src/domain/occurrence.ts';

describe('evidence', () => {
  const says = (by: Attestation['by'], word: Attestation['says']): Attestation => ({
    by,
    says: word,
    absent: null,
  });
  const both = [says('rep', 'held'), says('manager', 'held')];
  const unseen = (commitment: 'none' | 'written' | 'confirmed') => ({ bothPresent: false, commitment });
  const seen = (commitment: 'none' | 'written' | 'confirmed') => ({ bothPresent: true, commitment });

  test('is an A where both were seen and both confirmed the commitment', () => {
    expect(evidenceGrade([], seen('confirmed'))).toBe('A');
    expect(evidenceGrade(both, unseen('confirmed'))).toBe('B');
  });

  test('of both sides is a B with a commitment and a C without one', () => {
    expect(evidenceGrade(both, unseen('written'))).toBe('B');
    expect(evidenceGrade(both, unseen('none'))).toBe('C');
    expect(evidenceGrade([], seen('none'))).toBe('C');
  });

  test('of one side is a D, and there is none where nobody says that it was held', () => {
    expect(evidenceGrade([says('rep', 'held'), says('manager', 'not_held')], unseen('none'))).toBe('D');
    expect(evidenceGrade([says('rep', 'not_held')], unseen('none'))).toBeNull();
  });
});
