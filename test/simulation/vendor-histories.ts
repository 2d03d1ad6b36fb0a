import type { History } from './history.ts';

/** `npm run test:long` gives it ten minutes. */
const SECONDS = Number(process.env['SIMULATION_SECONDS'] ?? (process.env['TEST_LONG'] === '1' ? 600 : 6));
const FIRST = Number(process.env['SIMULATION_FIRST_SEED'] ?? 1);

type HistoryOf = (seed: number) => History;

/** What has to hold on a vendor whatever the order of things, in as many histories as the time allows. */
export function holdsInEveryHistory(vendor: string, historyOf: HistoryOf): void {
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
      process.stderr.write(`simulation on ${vendor}: ${seed - FIRST} histories from seed ${FIRST}\n`);
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
}

/** What broke in the first history that breaks, where a protection was taken away; null where none of 300 does. */
export async function firstBroken(historyOf: HistoryOf): Promise<string | null> {
  for (let seed = 1; seed <= 300; seed++) {
    const { broken } = await historyOf(seed).run();
    if (broken.length > 0) return broken.join('; ');
  }
  return null;
}
