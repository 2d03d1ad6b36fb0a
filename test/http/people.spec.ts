import { dayFromIso } from '../../src/domain/minute.ts';
import { PeopleModule } from '../../src/people/people.module.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';
import { weeklySeries } from '../support/weekly-series.ts';

const service = await startService(await freshDatabase(), [PeopleModule]);
const organisation = await service.organisation('Acme');
const admin = await service.person(organisation, ['admin']);
const auditor = await service.person(organisation, ['auditor']);
const manager = await service.person(organisation, ['manager']);
const rep = await service.person(organisation, ['rep']);
const stranger = await service.person(organisation, ['rep']);
const foreign = await service.person(await service.organisation('Globex'), ['admin', 'manager', 'rep']);

const pair: string = (await admin.ask('POST', '/api/pairs', { manager: manager.id, rep: rep.id })).body.id;
const series = await weeklySeries(service.store, organisation, { pair, manager: manager.id });

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

function lookedAt(work: () => Promise<unknown>): Promise<string[]> {
  service.jobs.length = 0;
  return work().then(() =>
    service.jobs.flatMap((job) => (job.name === 'reconcile-series' ? [job.seriesId] : [])),
  );
}

function ledger(kind: string): Promise<{ actor: string; facts: object; because: string }[]> {
  return service.rows('SELECT * FROM ledger WHERE organisation_id = $1 AND kind = $2 ORDER BY seq', [
    organisation,
    kind,
  ]);
}

describe('names', () => {
  test.each(['Bo\u0000', 'Bo\nATTENDEE:mailto:eve@example.com'])(
    'are one line of plain text, not %j',
    async (name) => {
      const { status, body } = await admin.ask('POST', '/api/people', {
        name,
        email: 'bo@example.com',
        roles: ['rep'],
      });
      expect(status).toBe(400);
      expect(body.errors).toEqual([{ field: 'name', says: 'must be one line of plain text' }]);
    },
  );
});

describe('who sees whom', () => {
  test('everybody sees themselves and their organisation', async () => {
    const { body } = await rep.ask('GET', '/api/me');
    expect(body.person).toMatchObject({ id: rep.id, roles: ['rep'], zone: 'Europe/Berlin', leave: [] });
    expect(body.organisation).toEqual({ id: organisation, name: 'Acme', zone: 'Europe/Berlin' });
  });

  test('a rep and a manager see the people of their own pairs, admins and auditors everybody', async () => {
    const seenBy = async (visitor: typeof rep): Promise<string[]> =>
      (await visitor.ask('GET', '/api/people')).body.items.map(({ id }: { id: string }) => id).sort();
    expect(await seenBy(rep)).toEqual([rep.id, manager.id].sort());
    expect(await seenBy(manager)).toEqual([rep.id, manager.id].sort());
    expect(await seenBy(stranger)).toEqual([stranger.id]);
    const all = [admin, auditor, manager, rep, stranger].map(({ id }) => id).sort();
    expect(await seenBy(admin)).toEqual(all);
    expect(await seenBy(auditor)).toEqual(all);
  });

  test('whom one may not see is as unknown as nobody at all', async () => {
    for (const [visitor, id] of [
      [rep, stranger.id],
      [rep, UNKNOWN],
      [rep, 'ana'],
      [admin, foreign.id],
    ] as const) {
      const { status, body } = await visitor.ask('GET', `/api/people/${id}`);
      expect({ status, type: body.type }).toEqual({ status: 404, type: '/problems/unknown-person' });
    }
  });

  test('leave is between a person, their manager and the admins', async () => {
    expect((await rep.ask('GET', `/api/people/${manager.id}`)).body.leave).toBeNull();
    expect((await auditor.ask('GET', `/api/people/${rep.id}`)).body.leave).toBeNull();
    expect((await manager.ask('GET', `/api/people/${rep.id}`)).body.leave).toEqual([]);
  });

  test('somebody of another organisation finds nothing of this one', async () => {
    const asked = [
      ['GET', `/api/people/${rep.id}`],
      ['PATCH', `/api/people/${rep.id}`, {}],
      ['POST', `/api/people/${rep.id}/leave`, { from: '2026-12-01', until: '2026-12-02' }],
      ['DELETE', `/api/people/${rep.id}/leave/${UNKNOWN}`],
      ['GET', `/api/pairs/${pair}`],
      ['POST', `/api/pairs/${pair}/end`, { reason: 'both_agreed' }],
    ] as const;
    for (const [method, path, body] of asked)
      expect((await foreign.ask(method, path, body)).status).toBe(404);
    expect((await foreign.ask('GET', '/api/pairs')).body.items).toEqual([]);
    expect((await foreign.ask('POST', '/api/pairs', { manager: manager.id, rep: rep.id })).status).toBe(400);
  });
});

describe('people', () => {
  test('a person starts with the built-in calendar and office hours, in the zone of the organisation', async () => {
    const { status, body } = await admin.ask('POST', '/api/people', {
      name: 'Ana',
      email: 'ana@example.com',
      roles: ['rep'],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'Ana', zone: 'Europe/Berlin', preferredHours: null, active: true });
    expect(Object.keys(body.hours)).toEqual(['1', '2', '3', '4', '5']);
    expect(body.hours['1']).toEqual([{ from: '09:00', until: '17:00' }]);
    const accounts = await service.rows('SELECT provider FROM calendar_account WHERE person_id = $1', [
      body.id,
    ]);
    expect(accounts).toEqual([{ provider: 'builtin' }]);
  });

  test('an address belongs to one person, however it is spelt', async () => {
    const twin = { name: 'Ana', email: 'ANA@example.com', roles: ['rep'] };
    expect((await admin.ask('POST', '/api/people', twin)).body.type).toBe('/problems/email-taken');
    const change = await admin.ask('PATCH', `/api/people/${stranger.id}`, { email: 'ana@EXAMPLE.com' });
    expect(change.body.type).toBe('/problems/email-taken');
  });

  test.each([
    [{ zone: 'Berlin' }, 'zone', 'must be an IANA zone such as Europe/Berlin'],
    [{ email: 'ana' }, 'email', 'must be an e-mail address'],
    [{ roles: [] }, 'roles', 'must name at least one role'],
    [{ roles: ['boss'] }, 'roles.0', 'must be admin or manager or rep or auditor'],
    [
      { hours: { 1: [{ from: '9', until: '17:00' }] } },
      'hours.1.0.from',
      'must be a time of day such as 09:30',
    ],
    [{ hours: { 1: [{ from: '17:00', until: '09:00' }] } }, 'hours.1', 'must begin before they end'],
    [
      {
        hours: {
          2: [
            { from: '09:00', until: '12:00' },
            { from: '11:00', until: '13:00' },
          ],
        },
      },
      'hours.2',
      'must not overlap',
    ],
    [
      { preferredHours: { 6: [{ from: '10:00', until: '11:00' }] } },
      'preferredHours.6',
      'must lie within the working hours',
    ],
    [{ shoeSize: 43 }, 'shoeSize', 'is not known here'],
  ])('bad input names the field: %j', async (wrong, field, says) => {
    const { status, body } = await admin.ask('PATCH', `/api/people/${rep.id}`, wrong);
    expect(status).toBe(400);
    expect(body.errors).toContainEqual({ field, says });
  });

  test('changed hours are kept to the minute and the series are looked at again', async () => {
    const hours = {
      1: [
        { from: '13:30', until: '24:00' },
        { from: '08:00', until: '12:15' },
      ],
    };
    const seen = await lookedAt(async () => {
      const { body } = await admin.ask('PATCH', `/api/people/${rep.id}`, { hours, zone: 'Asia/Kathmandu' });
      expect(body.hours).toEqual({
        1: [
          { from: '08:00', until: '12:15' },
          { from: '13:30', until: '24:00' },
        ],
      });
      expect(body.zone).toBe('Asia/Kathmandu');
    });
    expect(seen).toEqual([series]);
  });

  test('nobody leaves or changes role while a pair counts on them', async () => {
    const left = await admin.ask('PATCH', `/api/people/${manager.id}`, { active: false });
    expect(left.body.type).toBe('/problems/still-paired');
    const changed = await admin.ask('PATCH', `/api/people/${rep.id}`, { roles: ['manager'] });
    expect(changed.body.type).toBe('/problems/still-paired');
  });

  test('the last admin stays', async () => {
    const { status, body } = await admin.ask('PATCH', `/api/people/${admin.id}`, { roles: ['auditor'] });
    expect({ status, type: body.type }).toEqual({ status: 409, type: '/problems/last-admin' });
  });

  test('what an admin did is in the ledger by ids, without names', async () => {
    await admin.ask('PATCH', `/api/people/${stranger.id}`, { name: 'Zebulon' });
    const [row] = (await ledger('change person')).slice(-1);
    expect(row).toMatchObject({ actor: admin.id, facts: { person: stranger.id, fields: 'name' } });
    expect(JSON.stringify(row)).not.toContain('Zebulon');
  });
});

describe('leave', () => {
  test('approved leave is whole days, wakes the series, and can be withdrawn', async () => {
    const path = `/api/people/${rep.id}/leave`;
    let id = '';
    const seen = await lookedAt(async () => {
      const { status, body } = await admin.ask('POST', path, { from: '2026-12-21', until: '2026-12-31' });
      expect(status).toBe(201);
      id = body.id;
    });
    expect(seen).toEqual([series]);
    const stored = await service.store.transaction(organisation, ({ people }) => people.load(rep.id));
    expect(stored?.leave).toEqual([{ id, from: dayFromIso('2026-12-21'), until: dayFromIso('2026-12-31') }]);
    expect(await lookedAt(() => admin.ask('DELETE', `${path}/${id}`))).toEqual([series]);
    expect((await admin.ask('DELETE', `${path}/${id}`)).body.type).toBe('/problems/unknown-leave');
    expect((await ledger('approve leave')).at(-1)?.facts).toEqual({ person: rep.id, leave: id });
  });

  test('is approved by an admin, never by the manager', async () => {
    const wish = { from: '2026-12-21', until: '2026-12-31' };
    expect((await manager.ask('POST', `/api/people/${rep.id}/leave`, wish)).status).toBe(403);
  });

  test('does not end before it begins', async () => {
    const wrong = { from: '2026-12-21', until: '2026-12-20' };
    const { body } = await admin.ask('POST', `/api/people/${rep.id}/leave`, wrong);
    expect(body.errors).toEqual([{ field: 'until', says: 'must not be before `from`' }]);
  });
});

describe('the organisation', () => {
  test('its week and holidays can be set, and every series is looked at again', async () => {
    const patch = {
      workingDays: [7, 1, 2, 3, 4],
      holidays: ['2026-12-25', '2026-12-24', '2026-12-25'],
      zone: 'Asia/Jerusalem',
      twoOfFour: false,
    };
    const { body } = await admin.ask('PATCH', '/api/organisation', patch);
    expect(body).toEqual({
      ...patch,
      id: organisation,
      name: 'Acme',
      holidays: ['2026-12-24', '2026-12-25'],
    });
    expect((await rep.ask('GET', '/api/organisation')).body).toEqual(body);
    const due = await service.store.dueSeries(service.clock.now(), 10);
    expect(due).toContainEqual({ organisation, series });
    expect((await ledger('change settings')).at(-1)?.facts).toEqual({
      fields: 'zone,workingDays,holidays,twoOfFour',
    });
  });

  test('only an admin changes it, and only to what makes sense', async () => {
    expect((await manager.ask('PATCH', '/api/organisation', { twoOfFour: true })).status).toBe(403);
    const { body } = await admin.ask('PATCH', '/api/organisation', {
      workingDays: [1, 1],
      holidays: ['2026-02-30'],
    });
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['workingDays', 'holidays.0']);
  });
});

describe('pairs', () => {
  test('a pair shows both sides by name, and its series', async () => {
    const { body } = await rep.ask('GET', `/api/pairs/${pair}`);
    expect(body).toMatchObject({
      id: pair,
      manager: { id: manager.id },
      rep: { id: rep.id },
      series: [series],
      endedAt: null,
    });
    expect((await stranger.ask('GET', `/api/pairs/${pair}`)).status).toBe(404);
    expect((await stranger.ask('GET', '/api/pairs')).body.items).toEqual([]);
    expect((await auditor.ask('GET', '/api/pairs')).body.items).toHaveLength(1);
  });

  test('two people make one pair, each in a role they hold', async () => {
    const ask = (manager: string, rep: string) => admin.ask('POST', '/api/pairs', { manager, rep });
    expect((await ask(manager.id, rep.id)).body.type).toBe('/problems/pair-exists');
    expect((await ask(rep.id, rep.id)).body.errors[0].field).toBe('rep');
    expect((await ask(stranger.id, rep.id)).body.errors[0]).toEqual({
      field: 'manager',
      says: 'must hold the role manager',
    });
    expect((await ask(manager.id, foreign.id)).body.errors[0]).toEqual({
      field: 'rep',
      says: 'is nobody of this organisation',
    });
  });

  test('a pair ends for a reason from a closed list; it stays, and can begin anew', async () => {
    const end = (body: object) => admin.ask('POST', `/api/pairs/${pair}/end`, body);
    expect((await end({ reason: 'bored' })).body.errors[0].field).toBe('reason');
    expect((await manager.ask('POST', `/api/pairs/${pair}/end`, { reason: 'both_agreed' })).status).toBe(403);
    const seen = await lookedAt(async () => {
      const { status, body } = await end({ reason: 'role_changed' });
      expect(status).toBe(200);
      expect(body).toMatchObject({ endedAt: '2026-11-23T06:00:00Z', endedBecause: 'role_changed' });
    });
    expect(seen).toEqual([series]);
    expect((await end({ reason: 'role_changed' })).body.type).toBe('/problems/pair-ended');
    expect((await rep.ask('GET', `/api/pairs/${pair}`)).status).toBe(200);
    expect((await admin.ask('POST', '/api/pairs', { manager: manager.id, rep: rep.id })).status).toBe(201);
    expect((await ledger('end pair')).map((row) => row.because)).toContain('The pair ended: a role changed.');
  });
});
