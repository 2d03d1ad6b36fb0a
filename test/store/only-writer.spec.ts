import { asOnlyWriter } from '../../src/store/only-writer.ts';
import { createDataSource } from '../../src/store/data-source.ts';
import { freshDatabase } from '../support/database.ts';

const database = await freshDatabase();

/** Each holder keeps a connection and needs another for its work. */
describe('many writers of different calendars at once', () => {
  const dataSource = createDataSource({ url: database.url, poolSize: 4 });
  beforeAll(() => dataSource.initialize());
  afterAll(() => dataSource.destroy());

  it('never hold all connections among them: each gets its turn', async () => {
    const one = (i: number) =>
      asOnlyWriter(dataSource, `calendar ${i}`, async () => {
        const [row] = await dataSource.query<{ i: number }[]>('SELECT $1::int4 AS i', [i]);
        return row!.i;
      });
    const all = Array.from({ length: 12 }, (_, i) => i);
    expect(await Promise.all(all.map(one))).toEqual(all);
  });

  it('let a look refresh its access while others look', async () => {
    const look = (i: number) =>
      asOnlyWriter(dataSource, `calendar ${i}`, () =>
        asOnlyWriter(dataSource, `access ${i}`, async () => {
          await dataSource.query('SELECT 1');
          return i;
        }),
      );
    const all = Array.from({ length: 12 }, (_, i) => i);
    expect(await Promise.all(all.map(look))).toEqual(all);
  });

  it('come through when one of them fails', async () => {
    const failing = asOnlyWriter(dataSource, 'calendar 1', () => Promise.reject(new Error('lost')));
    await expect(failing).rejects.toThrow('lost');
    expect(await asOnlyWriter(dataSource, 'calendar 1', async () => 'in')).toBe('in');
  });
});
