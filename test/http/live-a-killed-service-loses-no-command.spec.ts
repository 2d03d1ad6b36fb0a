import type { Command, SessionView } from '../../src/live/live.api.ts';
import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';
import type { Team } from '../support/desk.ts';
import type { Visitor } from '../support/http.ts';
import { launch, temporaryDataFolder } from '../support/launch.ts';
import type { Launched } from '../support/launch.ts';

const database = await freshDatabase();
const desk = await startDesk(database);
const { service } = desk;
const folder = temporaryDataFolder();

/** The service as people run it, on the database of this test; each life has another port. */
async function alive(): Promise<{ url: string; perennial: Launched }> {
  const perennial = launch(['dist/src/main.js'], {
    DATABASE_URL: database.url,
    SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
    DATA_DIR: folder,
    PORT: '0',
    ROLE: 'web',
  });
  const [, url] = await perennial.says(/listening: "(http:[^"]+)"/);
  return { url: url!, perennial };
}

interface Sent {
  readonly key: string;
  readonly body: { readonly expected: number; readonly command: Command };
}

interface Answered<Body = SessionView & { readonly type?: string }> {
  readonly status: number;
  readonly body: Body;
}

/** Rejects where the service died before it had answered whole. */
async function ask<Body>(
  address: string,
  { token }: Visitor,
  init: RequestInit = {},
): Promise<Answered<Body>> {
  const headers = new Headers(init.headers);
  headers.set('Authorization', `Bearer ${token}`);
  const response = await fetch(address, { ...init, headers });
  return { status: response.status, body: (await response.json()) as Body };
}

/** Alone in a session and never at rest: each command is sent when the one before it was answered. */
class Driver {
  /** The session as the last answer showed it. */
  view!: SessionView;
  unanswered: Sent | null = null;
  sent = 0;

  constructor(
    readonly team: Team,
    private readonly who: Visitor,
    private readonly session: string,
    private readonly next: (view: SessionView, turn: number) => Command,
  ) {}

  /** Until the service is gone. */
  async run(url: string, acknowledged: () => void): Promise<void> {
    for (;;) {
      const command = this.next(this.view, this.sent);
      const key = `${this.session} ${this.sent++}`;
      this.unanswered = { key, body: { expected: this.view.revision, command } };
      const answer = await this.send(url, this.unanswered).catch(() => null);
      if (!answer) return;
      expect([answer.status, answer.body.revision]).toEqual([200, this.view.revision + 1]);
      [this.view, this.unanswered] = [answer.body, null];
      acknowledged();
    }
  }

  send(url: string, { key, body }: Sent): Promise<Answered> {
    return ask(`${url}/api/sessions/${this.session}/commands`, this.who, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(body),
    });
  }

  async look(url: string): Promise<SessionView> {
    return (await ask<SessionView>(`${url}/api/sessions/${this.session}`, this.who)).body;
  }
}

/** A plain act each time: nothing but the session changes. */
const theClock = ({ timer }: SessionView): Command => {
  if (timer.is === 'waiting') return { do: 'start' };
  return { do: timer.is === 'running' ? 'pause' : 'resume' };
};

/** Words and the ledger in turn: every confirmation is a row, and the next wording voids it. */
const theCommitment = ({ commitment }: SessionView, turn: number): Command =>
  commitment.edit > 0 && !commitment.confirmed.rep
    ? { do: 'confirm', edit: commitment.edit }
    : { do: 'commit', text: `Wording ${turn}` };

async function driver(url: string, side: 'manager' | 'rep', next: Driver['next']): Promise<Driver> {
  const { team, series, manager, [side]: who } = await desk.meeting();
  const { body } = await manager.ask('GET', `/api/occurrences?series=${series}`);
  const { key } = body.items.at(-1) as { key: string };
  const opening = `${url}/api/series/${series}/occurrences/${key}/session`;
  const opened = await ask<{ session: string }>(opening, who, { method: 'POST' });
  const made = new Driver(team, who, opened.body.session, next);
  made.view = await made.look(url);
  return made;
}

/** Runs everybody until so many commands were acknowledged, and kills the service at that very moment. */
async function runAndKill(drivers: readonly Driver[], atMost: number): Promise<void> {
  const { url, perennial } = await alive();
  let count = 0;
  await Promise.all(
    drivers.map((each) => each.run(url, () => ++count === atMost && perennial.process.kill('SIGKILL'))),
  );
  expect(await perennial.ended).toBeNull();
}

const DONE_ALREADY = ['/problems/answer-lost', '/problems/still-running'];

/** As the panel does: what got no answer is sent again under its key. */
async function repeat(url: string, each: Driver): Promise<void> {
  const { revision, commitment } = await each.look(url);
  expect([0, 1]).toContain(revision - each.view.revision);
  const sent = each.unanswered!;
  const answer = await each.send(url, sent);
  if (answer.status === 200) expect((await each.send(url, sent)).status).toBe(200);
  else expect(DONE_ALREADY).toContain(answer.body.type);
  const after = await each.look(url);
  expect(after.revision).toBe(each.view.revision + 1);
  if (sent.body.command.do === 'commit') expect(after.commitment.text).toBe(sent.body.command.text);
  else expect(after.commitment.text).toBe(commitment.text);
  each.view = after;
}

async function ledgerOf(url: string, { organisation, auditor }: Team) {
  const { body: verdict } = await ask(`${url}/api/audit/ledger/verification`, auditor);
  const rows = await service.rows<{ kind: string; count: number }>(
    `SELECT kind, count(*)::int AS count FROM ledger WHERE organisation_id = $1
     AND kind IN ('start session', 'confirm commitment') GROUP BY kind`,
    [organisation],
  );
  return { verdict, rows };
}

test('a service that is killed in the middle: what it acknowledged is there, nothing is done twice', async () => {
  service.clock.at = Math.floor(Date.now() / 60_000);
  const first = await alive();
  const drivers = await Promise.all([
    ...Array.from({ length: 4 }, () => driver(first.url, 'manager', theClock)),
    ...Array.from({ length: 4 }, () => driver(first.url, 'rep', theCommitment)),
  ]);
  first.perennial.process.kill('SIGKILL');
  for (const acknowledged of [60, 45]) {
    await runAndKill(drivers, acknowledged);
    const { url, perennial } = await alive();
    await Promise.all(drivers.map((each) => repeat(url, each)));
    for (const { team, view } of drivers) {
      const { verdict, rows } = await ledgerOf(url, team);
      expect(verdict).toMatchObject({ ok: true });
      const { edit, confirmed } = view.commitment;
      const expected =
        edit > 0 ? ['confirm commitment', confirmed.rep ? edit : edit - 1] : ['start session', 1];
      expect(rows.map(({ kind, count }) => [kind, count])).toEqual([expected]);
    }
    perennial.process.kill('SIGKILL');
  }
}, 120_000);
