import { refuse, tooManyRestores } from '../../src/domain/brakes.ts';
import type { AccountLoad } from '../../src/domain/facts.ts';
import { World, newFacts } from '../support/world.ts';

const QUIET: AccountLoad = { owed: 100, restoredLately: 0, seriesPlaced: 0, seriesGone: 0, released: false };

function asked(account: Partial<AccountLoad>, restores: number): string | null {
  return refuse({ ...newFacts({}), account: { ...QUIET, ...account } }, restores);
}

/** Promise 8: more than 30 % of an account's occurrences, and more than 10. */
describe('the brakes', () => {
  it('let ten restores pass, however few are owed', () => {
    expect(asked({ owed: 12 }, 10)).toBeNull();
  });

  it('let thirty per cent pass, however many that are', () => {
    expect(asked({ owed: 100 }, 30)).toBeNull();
  });

  it('stop one more than either', () => {
    expect(asked({ owed: 12 }, 11)).toContain('11 of the 12 meetings');
    expect(asked({ owed: 100 }, 31)).toContain('31 of the 100 meetings');
  });

  it('count what was put back within the last hour as well', () => {
    expect(asked({ owed: 100, restoredLately: 30 }, 1)).toContain('31 of the 100 meetings');
  });

  it('have nothing to refuse where nothing is put back', () => {
    expect(asked({ owed: 100, restoredLately: 90 }, 0)).toBeNull();
  });

  it('stop before the first of many series that are gone at once', () => {
    expect(asked({ seriesPlaced: 30, seriesGone: 11 }, 1)).toContain('11 of the 30 series');
    expect(asked({ seriesPlaced: 100, seriesGone: 11 }, 1)).toBeNull();
    expect(asked({ seriesPlaced: 10, seriesGone: 10 }, 1)).toBeNull();
  });

  it('let everything pass once a person released them', () => {
    expect(asked({ owed: 12, seriesPlaced: 30, seriesGone: 30, released: true }, 30)).toBeNull();
  });

  it('count the restores of one meeting in the last 24 hours only', async () => {
    const world = new World();
    await world.settle();
    const now = world.clock.at;
    const meeting = world.meeting('2026-11-24');
    const restored = (...restores: number[]) => tooManyRestores({ ...meeting, restores }, now);
    expect(restored(now - 1439, now - 60, now)).toBe(true);
    expect(restored(now - 1440, now - 60, now)).toBe(false);
  });
});
