import { GENESIS, hashOf } from '../../src/store/ledger-chain.ts';
import { World, slot } from '../support/world.ts';

/** Promise 10: each step carries a sentence for a person: in the event, the ledger and on the screen. */
describe('everything has a reason', () => {
  let world: World;

  beforeEach(async () => {
    world = new World({ holidays: ['2026-12-15'] });
    await world.settle();
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    world.organiser.drag(world.start('2026-12-08'), slot('2026-12-10T13:00Z').start);
    await world.settle();
    world.organiser.answer(world.start('2026-12-22'), 'declined');
    world.organiser.deleteOccurrence(world.start('2026-12-01'));
    await world.settle();
    await world.at('2026-12-03T09:00Z');
  });

  it('gives a whole sentence for every step', () => {
    expect(world.ledger.length).toBeGreaterThan(7);
    for (const { because } of world.ledger) expect(because).toMatch(/^[A-Z].*\.$/s);
  });

  it('names nobody in it', () => {
    for (const { because } of world.ledger) expect(because).not.toMatch(/\b(ana|bo|acme)\b/i);
  });

  it('has the last reason of every meeting that changed in the ledger, word for word', () => {
    const said = new Set(world.ledger.map((row) => row.because));
    const changed = world.facts.occurrences.filter((o) => o.state !== 'scheduled');
    expect(changed.length).toBeGreaterThan(3);
    for (const o of changed) expect(said).toContain(o.because);
  });

  it('has the last reason of every moved meeting in its event', () => {
    for (const o of world.open().filter((open) => open.state === 'moved')) {
      const event = world.calendar.book.newest('ana-bo')!.exceptions.get(o.originalStart)!;
      expect(event.description).toContain(`Note: ${o.because}`);
    }
  });

  it('makes one unbroken chain of hashes', () => {
    let previous = GENESIS;
    for (const { hash, ...row } of world.store.ledgerOf('acme')) {
      expect(row.previousHash).toBe(previous);
      expect(hashOf(row)).toBe(hash);
      previous = hash;
    }
  });

  it('tells in a dry run what it would do and why, and changes nothing', async () => {
    world.organiser.deleteOccurrence(world.start('2027-01-05'));
    const before = world.ledger.length;
    const writes = world.writes;
    const run = await world.reconcile.dryRun('acme', 'ana-bo');
    expect(run!.plan.steps).toMatchObject([{ do: 'move', because: expect.stringContaining('was deleted') }]);
    await world.look();
    expect(world.meeting('2027-01-05').state).toBe('scheduled');
    expect(world.ledger).toHaveLength(before);
    expect(world.writes).toBe(writes);
  });
});
