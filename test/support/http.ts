import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { completeConfig, readSettings } from '../../src/config.ts';
import type { Minute } from '../../src/domain/minute.ts';
import { minuteFromIso } from '../../src/domain/minute.ts';
import type { Job } from '../../src/jobs/jobs.ts';
import { hashOfToken, newToken } from '../../src/platform/access/token-authenticator.ts';
import { ApiModule } from '../../src/platform/api/api.module.ts';
import { Clock } from '../../src/platform/clock.ts';
import { createHttpApp } from '../../src/platform/http.ts';
import { createLog } from '../../src/platform/log.ts';
import { PlatformModule } from '../../src/platform/platform.module.ts';
import { createDataSource } from '../../src/store/data-source.ts';
import type { PersonDetails, Role } from '../../src/store/people.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { StoreModule } from '../../src/store/store.module.ts';
import type { TestDatabase } from './database.ts';
import { HoldAnswers } from './hold-answers.ts';

/** Tells the time that the test says. */
export class SetClock extends Clock {
  constructor(public at: Minute) {
    super();
  }

  override milliseconds(): number {
    return this.at * 60_000;
  }
}

/** An answer as it came over the wire; `body` is parsed where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into it freely
  readonly body: any;
}

export interface Request {
  readonly token?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody who can ask; their token is valid for a year. */
export interface Visitor {
  readonly id: string;
  readonly organisation: string;
  readonly token: string;
  ask(method: string, path: string, body?: unknown, headers?: Request['headers']): Promise<Answer>;
}

export interface TestService {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly store: PostgresStore;
  readonly clock: SetClock;
  /** Jobs of committed and rolled back transactions alike, in the order they were handed over. */
  readonly jobs: Job[];
  /** Lines the service wrote to its log. */
  readonly lines: string[];
  ask(method: string, path: string, request?: Request): Promise<Answer>;
  /** What the database holds, for what no answer shows. */
  rows<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  organisation(name?: string): Promise<string>;
  person(organisation: string, roles: readonly Role[], details?: Partial<PersonDetails>): Promise<Visitor>;
}

/** A test gets the pages it names, whether or not somebody built the real ones. */
const NO_PAGES = '/nonexistent';

/** Monday of a week without clock changes, before office hours in Europe. */
export const MONDAY = minuteFromIso('2026-11-23T06:00:00Z');

const OFFICE = [[540, 1020]] as const;
const HOURS = { 1: OFFICE, 2: OFFICE, 3: OFFICE, 4: OFFICE, 5: OFFICE };

export interface StartOptions {
  readonly pages?: string;
  /** Further settings, as the environment would have them. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Another clock than one that stands still. */
  readonly clock?: SetClock;
}

/** The service over real HTTP on its own port, with these rooms. Call it in the file's top level or beforeAll. */
export async function startService(
  database: TestDatabase,
  rooms: readonly (Type | DynamicModule)[],
  { environment = {}, clock = new SetClock(MONDAY), ...options }: StartOptions = {},
): Promise<TestService> {
  const jobs: Job[] = [];
  const lines: string[] = [];
  const dataSource = await createDataSource({ url: database.url, poolSize: 10 }).initialize();
  const store = new PostgresStore(dataSource, async (waiting) => {
    jobs.push(...waiting.map(({ job }) => job));
  });
  const config = completeConfig(readSettings({ BASE_URL: 'https://perennial.test', ...environment }), {
    databaseUrl: database.url,
    secretsKey: Buffer.alloc(32, 7),
  });
  const log = createLog(
    { logLevel: config.logLevel, logFormat: 'json' },
    { write: (line) => void lines.push(line) },
  );
  const app = await createHttpApp(
    (routes) => ({
      module: House,
      imports: [
        PlatformModule.over(config, log, clock),
        StoreModule.over(store),
        ApiModule.over(routes),
        ...rooms,
      ],
    }),
    { logger: false, pages: NO_PAGES, ...options },
  );
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  afterAll(async () => {
    await app.close();
    await dataSource.destroy();
  });
  const ask: TestService['ask'] = (method, path, request) => send(url, method, path, request);
  return {
    app,
    url,
    store,
    clock,
    jobs,
    lines,
    ask,
    rows: (sql, values) => dataSource.query(sql, values),
    organisation: (name = 'Acme') => store.found({ ...SETTINGS, name }),
    person: (organisation, roles, details) => addPerson(store, clock, ask, organisation, roles, details),
  };
}

@Module({ providers: [{ provide: APP_INTERCEPTOR, useClass: HoldAnswers }] })
class House {}

const SETTINGS = {
  zone: 'Europe/Berlin',
  workingDays: [1, 2, 3, 4, 5],
  holidays: [],
  twoOfFour: true,
} as const;

let count = 0;

async function addPerson(
  store: PostgresStore,
  clock: Clock,
  ask: TestService['ask'],
  organisation: string,
  roles: readonly Role[],
  details: Partial<PersonDetails> = {},
): Promise<Visitor> {
  const token = newToken();
  const name = `${roles[0]} ${++count}`;
  const email = `${name.replace(' ', '.')}@example.com`;
  const whole = { name, email, roles, zone: 'Europe/Berlin', hours: HOURS, preferredHours: null, ...details };
  const id = await store.transaction(organisation, async ({ people, access }) => {
    const person = await people.add(whole);
    await access.issue(person, hashOfToken(token), clock.now(), clock.now() + 525_600);
    return person;
  });
  return {
    id,
    organisation,
    token,
    ask: (method, path, body, headers) =>
      ask(method, path, { token, ...(body !== undefined && { body }), ...(headers && { headers }) }),
  };
}

async function send(url: string, method: string, path: string, request: Request = {}): Promise<Answer> {
  const { token = null, body, headers = {} } = request;
  const response = await fetch(url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token !== null && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
