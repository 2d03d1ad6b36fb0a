import { History } from './history.ts';

/** `npm run test:long` gives it half an hour; both can be set by hand to go on where a run ended. */
const SECONDS = Number(process.env['SIMULATION_SECONDS'] ?? (process.env['TEST_LONG'] === '1' ? 1800 : 7));
const FIRST = Number(process.env['SIMULATION_FIRST_SEED'] ?? 1);
const TWICE = 100;

describe('whatever the order of things, the promise holds', () => {
  it(
    'holds in every history that fits into the time (R1, R2, R3)',
    async () => {
      const end = performance.now() + SECONDS * 1000;
      const broken: string[] = [];
      let seed = FIRST;
      for (; performance.now() < end && broken.length < 5; seed++) {
        const verdict = await new History(seed).run();
        if (verdict.broken.length > 0) broken.push(`seed ${seed}: ${verdict.broken.join('; ')}`);
      }
      process.stderr.write(
        `simulation: ${seed - FIRST} histories from seed ${FIRST}, ${broken.length} broken\n`,
      );
      expect(broken).toEqual([]);
      expect(seed).toBeGreaterThan(FIRST);
    },
    (SECONDS + 30) * 1000,
  );

  it('is the same history again for the same seed (R6)', async () => {
    for (let seed = 1; seed <= TWICE; seed++) {
      const [once, again] = [await new History(seed).run(), await new History(seed).run()];
      expect(again.trace).toEqual(once.trace);
    }
  });
});
