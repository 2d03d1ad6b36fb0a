import { SeriesHoldings } from '../../src/calendars/google/series-holdings.ts';
import { History } from './history.ts';
import { SimulatedGoogle } from './simulated-google.ts';
import { firstBroken, holdsInEveryHistory } from './vendor-histories.ts';

const historyOf = (seed: number) => new History(seed, (history) => new SimulatedGoogle(history, seed));

describe('whatever the order of things, the promise holds on Google', () => {
  holdsInEveryHistory('Google', historyOf);

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
