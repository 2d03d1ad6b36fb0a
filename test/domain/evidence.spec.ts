import { evidenceGrade } from '../../src/domain/audit/evidence.ts';
import type { Attestation } from '../../src/domain/occurrence.ts';

describe('evidence', () => {
  const says = (by: Attestation['by'], word: Attestation['says']): Attestation => ({
    by,
    says: word,
    absent: null,
  });

  test('of both sides is a B, of one a D, and none where nobody says that it was held', () => {
    expect(evidenceGrade([says('rep', 'held'), says('manager', 'held')])).toBe('B');
    expect(evidenceGrade([says('rep', 'held'), says('manager', 'not_held')])).toBe('D');
    expect(evidenceGrade([says('rep', 'not_held')])).toBeNull();
  });
});
