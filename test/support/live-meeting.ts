import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LiveModule } from '../../src/live/live.module.ts';
import { minuteFromIso } from '../../src/domain/minute.ts';
import type { Command, SessionView } from '../../src/live/live.api.ts';
import { startDesk } from './desk.ts';
import type { Desk, Meeting } from './desk.ts';
import { MONDAY } from './http.ts';
import type { Answer, Visitor } from './http.ts';
import type { TestDatabase } from './database.ts';

/** The Tuesday of the test week. */
export const TUESDAY = '2026-11-24';

/** The desk with its sessions; recordings go to a folder that is removed afterwards. */
export async function startLive(
  database: TestDatabase,
  environment: Readonly<Record<string, string>> = {},
): Promise<Desk> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-live-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  return startDesk(database, [LiveModule], { DATA_DIR: dataDir, ...environment });
}

/** The session of one week's meeting, with words for what its tests do. */
export class LiveMeeting {
  private constructor(
    readonly meeting: Meeting,
    readonly id: string,
  ) {}

  /** A new pair's meeting, or another week of one; its slot begins now, or in so many minutes. */
  static async open(desk: Desk, meeting?: Meeting, day = TUESDAY, ahead = 0): Promise<LiveMeeting> {
    const owed = meeting ?? (await newMeeting(desk));
    desk.service.clock.at = minuteFromIso(`${day}T09:00:00Z`) - ahead;
    const { key } = await owed.on(day);
    const opened = await owed.manager.ask('POST', `${owed.path(key)}/session`);
    if (opened.status !== 200) throw new Error(JSON.stringify(opened.body));
    return new LiveMeeting(owed, opened.body.session as string);
  }

  get path(): string {
    return `/api/sessions/${this.id}`;
  }

  async as(who: Visitor = this.meeting.manager): Promise<SessionView> {
    const { status, body } = await who.ask('GET', this.path);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body as SessionView;
  }

  /** On the newest revision, unless the test names another. */
  async tries(who: Visitor, command: Command, expected?: number): Promise<Answer> {
    const revision = expected ?? (await this.as(who)).revision;
    return who.ask('POST', `${this.path}/commands`, { expected: revision, command });
  }

  /** The same, for what has to work. */
  async does(who: Visitor, ...commands: readonly Command[]): Promise<SessionView> {
    let view = await this.as(who);
    for (const command of commands) {
      const { status, body } = await this.tries(who, command, view.revision);
      if (status !== 200) throw new Error(`${command.do}: ${JSON.stringify(body)}`);
      view = body as SessionView;
    }
    return view;
  }

  /** Lets time pass. */
  passes(minutes: number): void {
    this.meeting.desk.service.clock.at += minutes;
  }
}

async function newMeeting(desk: Desk): Promise<Meeting> {
  desk.service.clock.at = MONDAY;
  return desk.meeting();
}
