import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';
import type { Meeting } from '../support/desk.ts';

const desk = await startDesk(await freshDatabase());
const NOW = desk.service.clock.at;
beforeEach(() => {
  desk.service.clock.at = NOW;
});

const PERIOD = 'from=2026-11-23&until=2026-12-06';
const CANARY = 'canary-5f1e';

/** Cancelled by word and moved in one week, not held in the next: a recovery is due. */
async function eventful(name = 'Bo'): Promise<Meeting> {
  const meeting = await desk.meeting({ name });
  await meeting.does(meeting.rep, '2026-11-24', 'cannot-make-it', { category: 'other', words: CANARY });
  await meeting.does(meeting.manager, '2026-12-01', 'cannot-make-it', { category: 'sick', words: CANARY });
  return meeting;
}

describe('what people say in their own words', () => {
  test('reaches no admin and no auditor, no log, no error, and no table in plain text', async () => {
    const meeting = await eventful();
    const { recovery } = await meeting.on('2026-12-01');
    const path = `/api/series/${meeting.series}/recoveries/${recovery!.key}/cannot-make-it`;
    await meeting.rep.ask('POST', path, { category: 'travel', words: CANARY });
    const { key } = await meeting.on('2026-11-24');
    expect(JSON.stringify((await meeting.rep.ask('GET', meeting.path(key))).body)).toContain(CANARY);

    const answers: string[] = [];
    const pages = [
      '/api/series',
      `/api/series/${meeting.series}`,
      `/api/series/${meeting.series}/ledger`,
      '/api/occurrences',
      meeting.path(key),
      meeting.path(recovery!.key),
      `${meeting.path(key)}/slots`,
      '/api/recoveries',
      `/api/audit/cadence?${PERIOD}`,
      `/api/audit/cadence.csv?${PERIOD}`,
      `/api/audit/grid?${PERIOD}`,
      '/api/audit/ledger/verification',
    ];
    for (const one of [meeting.admin, meeting.team.auditor]) {
      for (const page of pages) {
        const { status, body } = await one.ask('GET', page);
        expect([page, status]).toEqual([page, 200]);
        answers.push(JSON.stringify(body));
      }
    }
    const refusals = [
      await meeting.does(meeting.rep, '2026-12-08', 'cannot-make-it', { category: CANARY }),
      await meeting.does(meeting.rep, '2026-12-08', 'cannot-make-it', {
        category: 'other',
        words: CANARY.repeat(300),
      }),
      await meeting.does(meeting.admin, '2026-12-08', 'cannot-make-it', { category: 'other', words: CANARY }),
      await meeting.does(meeting.rep, '2026-12-08', 'move', { start: CANARY }),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    answers.push(...refusals.map(({ body }) => JSON.stringify(body)));
    const moved = await meeting.does(meeting.admin, '2026-12-08', 'move', { start: '2026-12-09T10:00:00Z' });
    answers.push(JSON.stringify(moved.body));
    expect(answers.filter((answer) => answer.includes(CANARY))).toEqual([]);
    expect(desk.service.lines.filter((line) => line.includes(CANARY))).toEqual([]);
    expect(await tablesThatHold(CANARY)).toEqual([]);
  });
});

async function tablesThatHold(text: string): Promise<string[]> {
  const tables = `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
  const holding: string[] = [];
  for (const { name } of await desk.service.rows<{ name: string }>(tables)) {
    const found = await desk.service.rows(`SELECT 1 FROM "${name}" AS x WHERE x::text LIKE $1 LIMIT 1`, [
      `%${text}%`,
    ]);
    if (found.length > 0) holding.push(name);
  }
  return holding;
}
