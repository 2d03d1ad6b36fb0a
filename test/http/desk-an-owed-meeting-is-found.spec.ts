import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';

const desk = await startDesk(await freshDatabase());

describe('an owed meeting', () => {
  test('is found by its key and by its original start, and by nobody it is not for', async () => {
    const meeting = await desk.meeting();
    const { key } = await meeting.on('2026-11-24');
    for (const named of [
      key,
      encodeURIComponent(key),
      '2026-11-24T09:00:00Z',
      '2026-11-24T10:00:00%2B01:00',
    ]) {
      const { status, body } = await meeting.manager.ask('GET', meeting.path(named));
      expect([named, status, body.key]).toEqual([named, 200, key]);
    }
    for (const named of [
      '9@1',
      '1@99999999999',
      '1@2147483648',
      'yesterday',
      '2026-11-24T09:01:00Z',
      '9999-12-31T00:00:00Z',
    ]) {
      const { status, body } = await meeting.manager.ask('GET', meeting.path(named));
      expect([named, status, body.type]).toEqual([named, 404, '/problems/unknown-occurrence']);
    }
    const { stranger, auditor } = meeting.team;
    expect((await stranger.ask('GET', meeting.path(key))).status).toBe(404);
    expect((await stranger.ask('POST', `${meeting.path(key)}/answer`)).status).toBe(404);
    expect((await auditor.ask('GET', meeting.path(key))).body.canMove).toBe(false);
    const move = { start: '2026-11-26T14:00:00Z' };
    expect((await auditor.ask('POST', `${meeting.path(key)}/move`, move)).status).toBe(403);
  });

  test('is listed a page at a time, each once, by week and state', async () => {
    const meeting = await desk.meeting();
    const other = await desk.meeting();
    const keys: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const query: string = next === '' ? '' : `&cursor=${next}`;
      const { body } = await meeting.admin.ask('GET', `/api/occurrences?limit=5${query}`);
      keys.push(...body.items.map((item: { key: string }) => item.key));
      next = body.next;
    }
    expect(keys).toHaveLength(12);
    expect(new Set(keys).size).toBe(12);
    await meeting.does(meeting.manager, '2026-12-01', 'move', { start: '2026-12-02T10:00:00Z' });
    const { body } = await meeting.rep.ask('GET', '/api/occurrences?state=moved&until=2026-12-31');
    expect(body.items).toHaveLength(1);
    expect((await meeting.admin.ask('GET', `/api/occurrences?pair=${other.team.pair}`)).body.items).toEqual(
      [],
    );
    expect((await meeting.admin.ask('GET', '/api/occurrences?cursor=nonsense')).status).toBe(400);
    expect((await meeting.admin.ask('GET', '/api/occurrences?from=2026-12-02&until=2026-12-01')).status).toBe(
      400,
    );
  });

  test('has everything that happened to it, and why, in the ledger of its series', async () => {
    const meeting = await desk.meeting();
    await meeting.does(meeting.rep, '2026-11-24', 'cannot-make-it', { category: 'sick', words: 'Flu' });
    const { key } = await meeting.on('2026-11-24');
    const path = `/api/series/${meeting.series}/ledger`;
    const { body } = await meeting.team.auditor.ask('GET', path);
    expect(body.items.map((row: { kind: string }) => row.kind)).toEqual([
      'make series',
      'owe',
      'cannot make it',
      'move',
    ]);
    expect(body.items[2]).toMatchObject({
      occurrence: key,
      actor: meeting.rep.id,
      facts: { by: 'rep', category: 'sick' },
      because: 'The rep cannot make it (sick).',
    });
    expect(JSON.stringify(body)).not.toContain('Flu');
    const page = await meeting.rep.ask('GET', `${path}?limit=3`);
    const rest = await meeting.rep.ask('GET', `${path}?limit=3&cursor=${page.body.next}`);
    expect([page.body.items.length, rest.body.items.length, rest.body.next]).toEqual([3, 1, null]);
    expect((await meeting.team.stranger.ask('GET', path)).status).toBe(404);
  });
});
