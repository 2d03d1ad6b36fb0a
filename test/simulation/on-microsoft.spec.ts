import { Holdings } from '../../src/calendars/microsoft/holdings.ts';
import { History } from './history.ts';
import { SimulatedMicrosoft } from './simulated-microsoft.ts';

/** `npm run test:long` gives it ten minutes. */
const SECONDS = Number(process.env['SIMULATION_SECONDS'] ?? (process.env['TEST_LONG'] === '1' ? 600 : 6));
const FIRST = Number(process.env['SIMULATION_FIRST_SEED'] ?? 1);

const historyOf = (seed: number) => new History(seed, (history) => new SimulatedMicrosoft(history, seed));

describe('whatever the order of things, the promise holds on Microsoft', () => {
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
      process.stderr.write(`simulation on Microsoft: ${seed - FIRST} histories from seed ${FIRST}\n`);
      expect(broken).toEqual([]);
    },
    (SECONDS + 30) * 1000,
  );

  it('is the same history again for the same seed (R6)', async () => {
    for (let seed = 1; seed <= 3; seed++) {
      const [once, again] = [await historyOf(seed).run(), await historyOf(seed).run()];
      expect(again.trace).toEqual(once.trace);
    }
  });

  it('misses the look for what stands in for a meeting (R7)', async () => {
    const { prototype } = Holdings;
    const { ofSeries } = Object.getOwnPropertyDescriptors(prototype);
    Object.assign(prototype, {
      ofSeries: async function (this: Holdings, series: string) {
        const found = await (ofSeries.value as Holdings['ofSeries']).call(this, series);
        return found.filter(({ tag }) => tag.kind !== 'stand-in');
      },
    });
    const broken = await firstBroken(historyOf);
    Object.defineProperty(prototype, 'ofSeries', ofSeries);
    expect(broken).not.toBeNull();
  });
});

async function firstBroken(history: (seed: number) => History): Promise<string | null> {
  for (let seed = 1; seed <= 300; seed++) {
    const { broken } = await history(seed).run();
    if (broken.length > 0) return broken.join('; ');
  }
  return null;
}
