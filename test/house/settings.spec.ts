import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { completeConfig, ConfigError, readSettings, settings } from '../../src/config.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test('nothing needs to be set to try Perennial', () => {
  expect(readSettings({})).toMatchObject({
    port: 3000,
    baseUrl: 'http://localhost:3000',
    databaseUrl: null,
    role: 'all',
    smtpUrl: null,
    demo: true,
  });
});

test('all problems are reported together, each naming its setting', () => {
  const problems = problemsOf({
    PORT: '70000',
    ROLE: 'everything',
    BASE_URL: 'perennial',
    DATABASE_URL: 'mysql://host/database',
    SMTP_URL: 'mail.example.com',
    MAIL_FROM: 'nobody',
    DEMO: 'maybe',
    SWEEP_SECONDS: 'often',
  });

  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(
    expect.arrayContaining([
      'PORT',
      'ROLE',
      'BASE_URL',
      'DATABASE_URL',
      'SECRETS_KEY',
      'SMTP_URL',
      'MAIL_FROM',
      'DEMO',
      'SWEEP_SECONDS',
    ]),
  );
  expect(problems).toContain('PORT must be a whole number from 0 to 65535');
  expect(problems).toContain('ROLE must be one of web, worker, all');
});

test('a database of one’s own needs a key of one’s own, of 32 bytes, and gets no demo', () => {
  const DATABASE_URL = 'postgres://perennial:secret@db:5432/perennial';

  expect(problemsOf({ DATABASE_URL })).toEqual([expect.stringMatching(/^SECRETS_KEY is needed/)]);
  expect(problemsOf({ DATABASE_URL, SECRETS_KEY: 'c2hvcnQ=' })).toEqual([
    expect.stringMatching(/^SECRETS_KEY must be 32 bytes/),
  ]);
  expect(readSettings({ DATABASE_URL, SECRETS_KEY: KEY })).toMatchObject({
    databaseUrl: DATABASE_URL,
    demo: false,
  });
});

test('an empty value counts as unset, so that .env.example can be copied as it is', () => {
  const example = parseEnv(readFileSync('.env.example', 'utf8'));

  expect(readSettings(example)).toEqual(readSettings({}));
});

test('.env.example holds every setting and no other', () => {
  const example = parseEnv(readFileSync('.env.example', 'utf8'));

  expect(Object.keys(example).toSorted()).toEqual(Object.keys(settings.shape).toSorted());
});

test('links never get two slashes', () => {
  expect(readSettings({ BASE_URL: 'https://perennial.example.com/' }).baseUrl).toBe(
    'https://perennial.example.com',
  );
});

test('nobody can change a setting while the service runs', () => {
  const config = completeConfig(readSettings({}), {
    databaseUrl: 'postgres://db',
    secretsKey: Buffer.alloc(32),
  });

  expect(Object.isFrozen(config)).toBe(true);
});

describe('calendar providers', () => {
  const key = { type: 'service_account', client_email: 'p@p.iam.gserviceaccount.com', private_key: 'PEM' };
  const known = { clientEmail: key.client_email, privateKey: key.private_key };

  test('are off while nothing is set', () => {
    const { googleClient, googleServiceAccount, microsoftClient } = readSettings({});
    expect([googleClient, googleServiceAccount, microsoftClient]).toEqual([null, null, null]);
  });

  test('are switched on by what the vendor gave us', () => {
    const read = readSettings({
      GOOGLE_CLIENT_ID: 'id',
      GOOGLE_CLIENT_SECRET: 'secret',
      MICROSOFT_CLIENT_ID: 'id',
      MICROSOFT_CLIENT_SECRET: 'secret',
    });
    expect(read.googleClient).toEqual({ id: 'id', secret: 'secret' });
    expect(read.microsoftClient).toEqual({ id: 'id', secret: 'secret', tenant: 'organizations' });
  });

  test('half a client is a mistake, and the other half is named', () => {
    expect(() => readSettings({ GOOGLE_CLIENT_ID: 'id', MICROSOFT_CLIENT_SECRET: 'secret' })).toThrow(
      /GOOGLE_CLIENT_SECRET is needed when GOOGLE_CLIENT_ID is set[^]*MICROSOFT_CLIENT_ID is needed/,
    );
  });

  test('a service account is its key file, or the path of it', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'perennial-')), 'key.json');
    writeFileSync(file, JSON.stringify(key));
    for (const GOOGLE_SERVICE_ACCOUNT of [JSON.stringify(key), file])
      expect(readSettings({ GOOGLE_SERVICE_ACCOUNT }).googleServiceAccount).toEqual(known);
  });

  test.each(['/no/such/file.json', '/', '{"type":"authorized_user"}', '{broken'])(
    '%s is no service account, and its content is not repeated',
    (GOOGLE_SERVICE_ACCOUNT) => {
      const read = () => readSettings({ GOOGLE_SERVICE_ACCOUNT });
      expect(read).toThrow(/GOOGLE_SERVICE_ACCOUNT must be the JSON key file/);
      expect(read).not.toThrow(/authorized_user|broken/);
    },
  );
});
