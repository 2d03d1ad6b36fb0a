import { OPEN_PATTERN, openOf, openText } from '../../zoom-app/people/open-hours.ts';
import { inWeekOrder } from '../../zoom-app/people/working-week.ts';

/** As a browser holds a field against its pattern. */
const fits = (text: string) => new RegExp(`^(?:${OPEN_PATTERN})$`, 'v').test(text);

describe('a day’s working hours', () => {
  test.each(['09:00 to 17:00', '09:00 to 12:00, 13:00 to 24:00', ''])(
    '%j is read and written alike',
    (text) => {
      expect(fits(text)).toBe(true);
      expect(openText(openOf(text))).toBe(text);
    },
  );

  test.each(['9 to 5', '09:00 to 25:00', '24:00 to 24:00', '09:00 to 12:00 13:00 to 17:00'])(
    '%j is refused before it is sent',
    (text) => {
      expect(fits(text)).toBe(false);
    },
  );

  test('a day without hours is closed', () => {
    expect(openText(undefined)).toBe('');
    expect(openOf('')).toEqual([]);
  });
});

describe('the working week begins after its longest break', () => {
  test.each([
    [
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5],
    ],
    [
      [1, 2, 3, 4, 7],
      [7, 1, 2, 3, 4],
    ],
    [
      [6, 1, 2],
      [6, 1, 2],
    ],
    [
      [1, 2, 3, 4, 5, 6, 7],
      [1, 2, 3, 4, 5, 6, 7],
    ],
    [[3], [3]],
    [[], []],
  ] as const)('%j is %j', (days, week) => {
    expect(inWeekOrder(days)).toEqual(week);
  });
});
