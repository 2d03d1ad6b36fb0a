import { SeriesHoldings } from '../../src/calendars/google/series-holdings.ts';
import { History } from './history.ts';
import { SimulatedGoogle } from './simulated-google.ts';

/** `npm run test:long` gives it ten minutes. */
const SECONDS = Number(process.env['SIMULATION_SECONDS'] ?? (process.env['TEST_LONG'] === '1' ? 600 : 6));
const FIRST = Number(process.env['SIMULATION_FIRST_SEED'] ?? 1);

const historyOf = (seed: number) => new History(seed, (history) => new SimulatedGoogle(history, seed));

describe('whatever the order of things, the promise holds on Google', () => {
  it(
    'holds in every history that fits into the time (R1, R2, R3)',
    async () => {
      const end = performance.now() + SECONDS * 1000;
      const broken: string[] = [];
      let seed = FIRST;
      for (; performance.now() < end && broken.length < 3; seed++) {
        const verdict = await historyOf(seed).run();
        if (verdict.broken.length > 0) broken.push(`seed ${seed}: ${verdict.broken.join('; ')}`);
      }
      process.stderr.write(`simulation on Google: ${seed - FIRST} histories from seed ${FIRST}\n`);
      expect(broken).toEqual([]);
    },
    (SECONDS + 30) * 1000,
  );

  it('is the same history again for the same seed (R6)', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const [once, again] = [await historyOf(seed).run(), await historyOf(seed).run()];
      expect(again.trace).toEqual(once.trace);
    }
  });

  it('misses the etags that a write must match (R7)', async () => {
    const history = (seed: number) =>
      new History(seed, (of) => {
        const simulated = new SimulatedGoogle(of, seed);
        simulated.world.primary.writer.manners.checksEtags = false;
        return simulated;
      });
    expect(await firstBroken(history)).toMatch(/overwritten unseen/);
  });

  it('misses the look for what stands in for a lost meeting (R7)', async () => {
    const { prototype } = SeriesHoldings;
    const kept = Object.getOwnPropertyDescriptors(prototype);
    Object.assign(prototype, { standInFor: async () => null, relativesOf: async () => [] });
    const broken = await firstBroken(historyOf);
    Object.defineProperties(prototype, kept);
    expect(broken).not.toBeNull();
  });
});

async function firstBroken(history: (seed: number) => History): Promise<string | null> {
  for (let seed = 1; seed <= 200; seed++) {
    const { broken } = await history(seed).run();
    if (broken.length > 0) return broken.join('; ');
  }
  return null;
}
