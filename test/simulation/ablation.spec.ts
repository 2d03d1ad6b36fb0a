import { ABLATIONS } from './ablations.ts';
import { History } from './history.ts';

/** A protection whose absence is not seen within so many histories is not tested at all. */
const HISTORIES = 300;

/** Each protection is taken away alone, and the simulation has to notice (R7). */
describe('the simulation sees when a protection is missing', () => {
  it.each(ABLATIONS.map((ablation) => [ablation.without, ablation] as const))(
    'without %s',
    async (_, ablation) => {
      let found: string | null = null;
      for (let seed = 1; seed <= HISTORIES && !found; seed++) {
        const history = new History(seed);
        ablation.from(history);
        const { broken } = await history.run();
        if (broken.length > 0) found = `seed ${seed}: ${broken[0]!}`;
      }
      expect(found).not.toBeNull();
    },
  );
});
