import fc from 'fast-check';
import { eventId, seriesOf, whose } from '../../src/calendars/google/identity.ts';
import type { Identity } from '../../src/calendars/google/identity.ts';

const copy = fc.integer({ min: 1, max: 9999 });
const attempt = fc.integer({ min: 0, max: 99 });
const series = fc.oneof(fc.uuid(), fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }));
const identity: fc.Arbitrary<Identity> = fc.oneof(
  fc.record({ kind: fc.constant('series' as const), series, copy }),
  fc.record({
    kind: fc.constant('separate' as const),
    tag: series.map((id) => `${id}/recovery/1@5`),
    attempt,
  }),
  fc.record({ kind: fc.constant('stand-in' as const), series, copy, start: fc.nat(), attempt }),
);

describe('ids at Google', () => {
  it('keep to Google’s alphabet and say whose they are', () => {
    fc.assert(
      fc.property(identity, (one) => {
        const id = eventId(one);
        expect(id).toMatch(/^[a-v0-9]{5,1024}$/);
        expect(whose(id)).toEqual(one);
      }),
    );
  });

  it('are told from an instance’s id and a split-off half’s, too', () => {
    const id = eventId({ kind: 'series', series: 'ana-bo', copy: 2 });
    for (const name of [`${id}_20261201T090000Z`, `${id}_R20261208T090000`]) {
      expect(seriesOf(whose(name)!)).toBe('ana-bo');
    }
  });

  it.each(['', 'perennial', 'perennialzzz', 'abc123', 'perenniallove0'])(
    'of others (%s) are nobody’s',
    (id) => {
      expect(whose(id)).toBeNull();
    },
  );
});
