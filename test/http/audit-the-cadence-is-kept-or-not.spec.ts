import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';
import type { Meeting } from '../support/desk.ts';

const desk = await startDesk(await freshDatabase());
const NOW = desk.service.clock.at;
beforeEach(() => {
  desk.service.clock.at = NOW;
});

const PERIOD = 'from=2026-11-23&until=2026-12-06';

/** Cancelled by word and moved in one week, not held in the next: a recovery is due. */
async function eventful(name = 'Bo'): Promise<Meeting> {
  const meeting = await desk.meeting({ name });
  await meeting.does(meeting.rep, '2026-11-24', 'cannot-make-it', { category: 'other', words: 'Flu' });
  await meeting.does(meeting.manager, '2026-12-01', 'cannot-make-it', { category: 'sick', words: 'Flu' });
  return meeting;
}

/** Fields of each line; enough for files without line breaks inside a field. */
function parse(csv: string): string[][] {
  const lines = csv.split('\r\n').slice(0, -1);
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split('","')
      .map((field) => field.replaceAll('""', '"')),
  );
}

describe('the cadence', () => {
  test('has one row for each owed meeting of the period, with its moves, cancel acts, recovery and ledger', async () => {
    const meeting = await eventful();
    const { status, body } = await meeting.admin.ask('GET', `/api/audit/cadence?${PERIOD}`);
    expect(status).toBe(200);
    expect(body.items).toHaveLength(2);
    const [first, second] = body.items;
    expect(first).toMatchObject({
      series: meeting.series,
      manager: { name: 'Ana' },
      rep: { name: 'Bo' },
      state: 'moved',
      expected: { start: '2026-11-24T09:00:00Z', end: '2026-11-24T09:30:00Z' },
      moves: [{ by: 'rep', because: expect.stringContaining('The rep cannot make it (other)') }],
      cancelActs: [{ by: 'rep' }],
      recovery: null,
    });
    expect(first.actual.start).toBe(first.moves[0].to.start);
    expect(second.recovery).toMatchObject({ state: 'booked', slot: second.actual });
    const ledger = await meeting.admin.ask('GET', `/api/series/${meeting.series}/ledger`);
    const hashes = ledger.body.items
      .filter((row: { occurrence: string }) => row.occurrence === first.key)
      .map((row: { hash: string }) => row.hash);
    expect(first.ledger).toEqual({ first: hashes[0], last: hashes.at(-1) });
  });

  test('comes as CSV by Accept, by format and by name, with the same rows', async () => {
    const meeting = await eventful();
    const ask = (path: string, accept?: string) =>
      meeting.team.auditor.ask('GET', path, undefined, accept ? { Accept: accept } : {});
    const answers = [
      await ask(`/api/audit/cadence?${PERIOD}`, 'text/csv'),
      await ask(`/api/audit/cadence?${PERIOD}&format=csv`),
      await ask(`/api/audit/cadence.csv?${PERIOD}`),
    ];
    const { body: json } = await ask(`/api/audit/cadence?${PERIOD}`, 'application/json, text/csv');
    for (const { status, headers, body } of answers) {
      expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
      expect(headers.get('content-disposition')).toContain('cadence-2026-11-23-2026-12-06.csv');
      const [header, ...rows] = parse(body);
      const read = rows.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i]])));
      expect(read.map(({ occurrence, state, actual_start }) => [occurrence, state, actual_start])).toEqual(
        json.items.map((item: { key: string; state: string; actual: { start: string } }) => [
          item.key,
          item.state,
          item.actual.start,
        ]),
      );
      expect(read[0]).toMatchObject({ week: '2026-11-23', rep: 'Bo', moves: '1', cancel_acts: '1' });
    }
  });

  test('goes on over many weeks without a gap or a double', async () => {
    const meeting = await desk.meeting();
    const { body } = await meeting.admin.ask(
      'GET',
      '/api/audit/cadence.csv?from=2026-01-01&until=2027-12-31',
    );
    const weeks = parse(body)
      .slice(1)
      .map(([week]) => week);
    expect(weeks).toHaveLength(12);
    expect(weeks).toEqual([...new Set(weeks)].toSorted((a, b) => a!.localeCompare(b!)));
  });

  test('turns what a spreadsheet would run into plain text, and keeps quotes and commas', async () => {
    const meeting = await desk.meeting({ name: '=HYPERLINK("http://x","Bo, \'quoted\'")' });
    const { body } = await meeting.admin.ask('GET', `/api/audit/cadence.csv?${PERIOD}`);
    expect(body).toContain(`"'=HYPERLINK(""http://x"",""Bo, 'quoted'"")"`);
  });

  test('is for admins and auditors of the organisation alone', async () => {
    const meeting = await eventful();
    for (const path of ['cadence', 'cadence.csv', 'grid', 'ledger/verification']) {
      for (const one of [meeting.manager, meeting.rep]) {
        expect((await one.ask('GET', `/api/audit/${path}?${PERIOD}`)).status).toBe(403);
      }
    }
    const { admin } = await desk.team();
    expect((await admin.ask('GET', `/api/audit/cadence?${PERIOD}`)).body.items).toEqual([]);
    expect((await admin.ask('GET', `/api/audit/grid?${PERIOD}`)).body.pairs).toHaveLength(1);
  });

  test('refuses a period that ends before it begins or is too long', async () => {
    const { admin } = await desk.team();
    for (const period of [
      'from=2026-12-02&until=2026-12-01',
      'from=2020-01-01&until=2026-12-01',
      'from=2026-12-01',
    ]) {
      const { status, body } = await admin.ask('GET', `/api/audit/cadence?${period}`);
      expect([status, body.errors[0].field]).toEqual([400, 'until']);
    }
  });
});

describe('the grid', () => {
  test('shows pairs by weeks, who stands at two cancels and which recoveries are due', async () => {
    const meeting = await eventful();
    const calm = await desk.service.store.transaction(meeting.team.organisation, ({ pairs }) =>
      pairs.add(meeting.team.stranger.id, meeting.rep.id),
    );
    const { body } = await meeting.admin.ask('GET', `/api/audit/grid?${PERIOD}`);
    expect(body.weeks).toEqual(['2026-11-23', '2026-11-30']);
    const byPair = new Map(body.pairs.map((each: { pair: string }) => [each.pair, each]));
    const { key } = await meeting.on('2026-12-01');
    expect(byPair.get(meeting.team.pair)).toMatchObject({
      manager: { name: 'Ana' },
      rep: { name: 'Bo' },
      ended: false,
      twoCancels: true,
      recovery: { key, state: 'booked' },
      cells: [
        { week: '2026-11-23', state: 'moved', counts: true },
        { week: '2026-11-30', state: 'moved', counts: true, key },
      ],
    });
    expect(byPair.get(calm)).toMatchObject({ twoCancels: false, recovery: null, cells: [] });
  });
});

describe('the ledger', () => {
  test('is verified as whole, and a forged row is named', async () => {
    const meeting = await eventful();
    const verify = () => meeting.team.auditor.ask('GET', '/api/audit/ledger/verification');
    const whole = await verify();
    expect(whole.body).toEqual({
      ok: true,
      rows: expect.any(Number),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const forge = `UPDATE ledger SET because = 'All is well.' WHERE organisation_id = $1 AND seq = 3`;
    await desk.service.rows('ALTER TABLE ledger DISABLE TRIGGER USER');
    await desk.service.rows(forge, [meeting.team.organisation]);
    await desk.service.rows('ALTER TABLE ledger ENABLE TRIGGER USER');
    expect((await verify()).body).toMatchObject({ ok: false, row: 3 });
  });
});
