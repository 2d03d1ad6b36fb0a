import { Holdings } from '../../src/calendars/microsoft/holdings.ts';
import { History } from './history.ts';
import { SimulatedMicrosoft } from './simulated-microsoft.ts';
import { firstBroken, holdsInEveryHistory } from './vendor-histories.ts';

const historyOf = (seed: number) => new History(seed, (history) => new SimulatedMicrosoft(history, seed));

describe('whatever the order of things, the promise holds on Microsoft', () => {
  holdsInEveryHistory('Microsoft', historyOf);

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
