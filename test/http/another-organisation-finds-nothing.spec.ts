import { DiscoveryModule } from '@nestjs/core';
import { ROOMS } from '../../src/app.module.ts';
import { Look } from '../../src/jobs/look.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';
import type { Visitor } from '../support/http.ts';
import { queueOn } from '../support/queue.ts';
import { routesOf } from '../support/routes.ts';
import { weeklySeries } from '../support/weekly-series.ts';

const database = await freshDatabase();
const service = await startService(database, [await queueOn(database), ...ROOMS, DiscoveryModule]);
const organisation = await service.organisation('Acme');
const admin = await service.person(organisation, ['admin']);
const manager = await service.person(organisation, ['manager']);
const rep = await service.person(organisation, ['rep']);
const outsider = await service.person(organisation, ['manager', 'rep']);
const foreign = await service.person(await service.organisation('Globex'), [
  'admin',
  'manager',
  'rep',
  'auditor',
]);

/** Well-formed bodies by the last word of the address, so that nothing but the ids can be refused. */
const BODIES: Readonly<Record<string, object>> = {
  ':person': { name: 'Zoe' },
  ':account': { primary: true },
  ':id': { account: '00000000-0000-4000-8000-000000000000' },
  leave: { from: '2026-12-21', until: '2026-12-23' },
  end: { reason: 'both_agreed' },
  move: { start: '2026-11-25T10:00:00Z' },
  'cannot-make-it': { category: 'travel' },
  excuse: { excuse: 'sick' },
  'excuse/answer': { agree: true },
  attestation: { says: 'held' },
  commands: { expected: 1, command: { do: 'start' } },
  transcript: { lines: [{ at: 0, speaker: 'Bo', text: 'Well.' }] },
};

/** A thing that is not there, as against an address that is not. */
const UNKNOWN = /^404 \/problems\/unknown-(?!page)/;

/** Ids of Acme for each parameter of a route. */
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  const pair: string = (await admin.ask('POST', '/api/pairs', { manager: manager.id, rep: rep.id })).body.id;
  const series = await weeklySeries(service.store, organisation, { pair, manager: manager.id });
  await service.app.get(Look, { strict: false }).at(series);
  const leave = await admin.ask('POST', `/api/people/${rep.id}/leave`, BODIES['leave']);
  const [occurrence] = (await manager.ask('GET', `/api/occurrences?series=${series}`)).body.items;
  const [account] = (await manager.ask('GET', '/api/calendar-accounts')).body.items;
  const { key } = occurrence;
  const { body: opened } = await manager.ask('POST', `/api/series/${series}/occurrences/${key}/session`);
  const { session } = opened;
  ids = { person: rep.id, leave: leave.body.id, pair, account: account.id, id: series, series, key, session };
});

const named = routesOf(service).filter(({ path }) => path.startsWith('/api/') && path.includes('/:'));

async function tried(visitor: Visitor): Promise<(readonly [string, string])[]> {
  const answers = [];
  for (const { method, path } of named) {
    const address = path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? `no-${name}`);
    const body = method === 'GET' || method === 'DELETE' ? undefined : bodyFor(path);
    const { status, body: answer } = await visitor.ask(method, address, body);
    answers.push([`${method} ${path}`, `${status} ${answer.type}`] as const);
  }
  return answers;
}

function bodyFor(path: string): object {
  const ending = Object.keys(BODIES).find((end) => path.endsWith(`/${end}`));
  return ending === undefined ? {} : BODIES[ending]!;
}

test('whatever somebody of another organisation asks for by id, they are told it is not there', async () => {
  const answers = await tried(foreign);
  expect(answers.length).toBeGreaterThan(20);
  expect(answers.filter(([, said]) => !UNKNOWN.test(said))).toEqual([]);
});

test('whatever somebody outside the pair asks for by id is not there, or not theirs', async () => {
  expect(
    (await tried(outsider)).filter(([, said]) => !UNKNOWN.test(said) && !said.startsWith('403 ')),
  ).toEqual([]);
});

test('lists of another organisation are empty of ours', async () => {
  const lists = routesOf(service).filter(
    ({ method, path }) => method === 'GET' && path.startsWith('/api/') && !path.includes(':'),
  );
  const ours = Object.values(ids).filter((id) => id.includes('-'));
  for (const { path } of lists) {
    const { body } = await foreign.ask('GET', `${path}?from=2026-11-01&until=2026-12-31`);
    for (const id of [...ours, organisation])
      expect([path, JSON.stringify(body)]).toEqual([path, expect.not.stringContaining(id)]);
  }
});

test('nothing of all this left a trace', async () => {
  const { body } = await admin.ask('GET', `/api/pairs/${ids['pair']}`);
  expect(body.endedAt).toBeNull();
  expect((await admin.ask('GET', `/api/people/${rep.id}`)).body.leave).toHaveLength(1);
});
