import { Controller, Module, Post } from '@nestjs/common';
import { DAY } from '../../src/domain/minute.ts';
import { PeopleModule } from '../../src/people/people.module.ts';
import { Allow } from '../../src/platform/access/allow.ts';
import { Caller } from '../../src/platform/access/caller.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';
import type { Answer } from '../support/http.ts';

/** Does something, then fails as often as it is told to. */
@Controller('api/stumbles')
class StumblingController {
  static falls = 0;

  constructor(private readonly store: PostgresStore) {}

  @Post()
  @Allow('admin')
  async stumble(@Caller() caller: Caller): Promise<{ added: string }> {
    return this.store.transaction(caller.organisation, async ({ people }) => {
      const [first] = await people.list();
      const added = await people.addLeave(first!.id, 1, 2);
      if (StumblingController.falls-- > 0) throw new Error('fell over the effect');
      return { added };
    });
  }

  @Post('late')
  @Allow('admin')
  async stumbleLate(@Caller() caller: Caller): Promise<never> {
    await this.stumble(caller);
    throw new Error('fell over after the effect');
  }
}

@Module({ controllers: [StumblingController] })
class StumblingModule {}

const service = await startService(await freshDatabase(), [PeopleModule, StumblingModule]);
const organisation = await service.organisation();
const admin = await service.person(organisation, ['admin']);
const other = await service.person(organisation, ['admin']);
const rep = await service.person(organisation, ['rep']);

const path = `/api/people/${rep.id}/leave`;
const august = { from: '2027-08-02', until: '2027-08-13' };

function leave(): Promise<{ id: string }[]> {
  return service.rows('SELECT id FROM person_leave WHERE person_id = $1', [rep.id]);
}

beforeEach(() => service.rows('DELETE FROM person_leave'));

describe('a POST with an idempotency key', () => {
  test('asked twice is done once and answered alike', async () => {
    const ask = (): Promise<Answer> => admin.ask('POST', path, august, { 'Idempotency-Key': 'twice' });
    const first = await ask();
    const second = await ask();
    expect(first.status).toBe(201);
    expect({ status: second.status, body: second.body }).toEqual({ status: 201, body: first.body });
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await leave()).toEqual([{ id: first.body.id }]);
  });

  test('asked by twins at the same time is done once and answered alike', async () => {
    const twins = Array.from({ length: 8 }, () =>
      admin.ask('POST', path, august, { 'Idempotency-Key': 'twins' }),
    );
    const answers = await Promise.all(twins);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(await leave()).toHaveLength(1);
  });

  test('is refused when the key belongs to another request', async () => {
    const key = { 'Idempotency-Key': 'one of two' };
    await admin.ask('POST', path, august, key);
    const { status, body } = await admin.ask('POST', path, { ...august, until: '2027-08-20' }, key);
    expect({ status, type: body.type }).toEqual({ status: 422, type: '/problems/key-reused' });
    expect(await leave()).toHaveLength(1);
  });

  test('shares its key with nobody else', async () => {
    const key = { 'Idempotency-Key': 'common' };
    await admin.ask('POST', path, august, key);
    expect((await other.ask('POST', path, august, key)).headers.get('idempotent-replayed')).toBeNull();
    expect(await leave()).toHaveLength(2);
  });

  test('leaves nothing behind when it fails, and can be asked again', async () => {
    const stumble = (): Promise<Answer> =>
      admin.ask('POST', '/api/stumbles', {}, { 'Idempotency-Key': 'stumble' });
    StumblingController.falls = 1;
    expect((await stumble()).status).toBe(500);
    expect(await service.rows('SELECT FROM person_leave')).toEqual([]);
    const { status, body } = await stumble();
    expect(status).toBe(201);
    expect(await service.rows('SELECT id FROM person_leave')).toEqual([{ id: body.added }]);
  });

  test('that broke off after its effect is not done a second time', async () => {
    const ask = (): Promise<Answer> =>
      admin.ask('POST', '/api/stumbles/late', {}, { 'Idempotency-Key': 'late stumble' });
    StumblingController.falls = 0;
    expect((await ask()).status).toBe(500);
    const { status, body } = await ask();
    expect({ status, type: body.type }).toEqual({ status: 409, type: '/problems/answer-lost' });
    expect(await service.rows('SELECT FROM person_leave')).toHaveLength(1);
  });

  test('that was refused is decided anew', async () => {
    const key = { 'Idempotency-Key': 'decided anew' };
    const pair = { manager: admin.id, rep: rep.id };
    expect((await admin.ask('POST', '/api/pairs', pair, key)).status).toBe(400);
    await service.store.transaction(organisation, ({ people }) =>
      people.change(admin.id, { roles: ['admin', 'manager'] }),
    );
    expect((await admin.ask('POST', '/api/pairs', pair, key)).status).toBe(201);
  });

  test('whose answer was lost in a crash is not done a second time', async () => {
    const key = { 'Idempotency-Key': 'crashed' };
    await admin.ask('POST', path, august, key);
    await service.rows(
      `UPDATE idempotency SET status = NULL, body = NULL, created_at = created_at - 5 WHERE key = 'crashed'`,
    );
    const { status, body } = await admin.ask('POST', path, august, key);
    expect({ status, type: body.type }).toEqual({ status: 409, type: '/problems/answer-lost' });
    expect(await leave()).toHaveLength(1);
  });

  test('is remembered for two days, and then is a request of its own', async () => {
    const key = { 'Idempotency-Key': 'kept' };
    const { clock, store } = service;
    await admin.ask('POST', path, august, key);
    await store.forgetOld(clock.now() + 2 * DAY);
    expect((await admin.ask('POST', path, august, key)).headers.get('idempotent-replayed')).toBe('true');
    await store.forgetOld(clock.now() + 2 * DAY + 1);
    expect((await admin.ask('POST', path, august, key)).headers.get('idempotent-replayed')).toBeNull();
    expect(await leave()).toHaveLength(2);
  });

  test('needs a key that can be kept', async () => {
    const { body } = await admin.ask('POST', path, august, { 'Idempotency-Key': 'k'.repeat(201) });
    expect(body.errors[0].field).toBe('Idempotency-Key');
  });
});
