import * as z from 'zod';
import { client, googleServiceAccount, halfSet } from './vendor-settings.ts';
import type { GoogleServiceAccount, OAuthClient } from './vendor-settings.ts';

export type { GoogleServiceAccount, OAuthClient } from './vendor-settings.ts';

/** Which half of the work this process does; `all` suits one machine. */
export type Role = 'web' | 'worker' | 'all';

/**
 * Every setting, checked and frozen. Also the injection token: `constructor(private readonly config: Config)`.
 * `.env.example` explains each setting to the person who sets it.
 */
export abstract class Config {
  abstract readonly port: number;
  abstract readonly host: string;
  /** Where people reach Perennial, without a slash at the end. */
  abstract readonly baseUrl: string;
  abstract readonly databaseUrl: string;
  /** Absolute or relative to the working folder: the own database, the generated key. */
  abstract readonly dataDir: string;
  abstract readonly role: Role;
  /** 32 bytes that seal secrets at rest (AES-256-GCM). */
  abstract readonly secretsKey: Buffer;
  /** Null: no mail leaves this installation. */
  abstract readonly smtpUrl: string | null;
  abstract readonly mailFrom: string;
  abstract readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  abstract readonly logFormat: 'pretty' | 'json';
  /** An empty database gets a demo organisation. */
  abstract readonly demo: boolean;
  /** Null: the meeting's page runs in a browser alone. */
  abstract readonly zoom: { readonly clientId: string; readonly clientSecret: string } | null;
  /** How long a clip may be (F018), how large the recording it is cut from, and how many days it is kept. */
  abstract readonly clips: { readonly seconds: number; readonly megabytes: number; readonly days: number };
  /** Seconds between two looks at a connected calendar, before jitter. */
  abstract readonly pollSeconds: number;
  /** Seconds between two sweeps over everything that is due. */
  abstract readonly sweepSeconds: number;
  /** Our client at Google, for people who sign in there. Null: off. */
  abstract readonly googleClient: OAuthClient | null;
  /** Lets a Google Workspace domain in as a whole (delegation). Null: off. */
  abstract readonly googleServiceAccount: GoogleServiceAccount | null;
  /** Our application at Microsoft Entra. Null: off. */
  abstract readonly microsoftClient: (OAuthClient & { readonly tenant: string }) | null;
}

/** What the environment says. Null where Perennial brings its own: a database, a key kept beside it. */
export type Settings = Readonly<
  Omit<Config, 'databaseUrl' | 'secretsKey'> & { databaseUrl: string | null; secretsKey: Buffer | null }
>;

/** Everything that is wrong with the settings, in one go, for the person who wrote them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(['The settings cannot be used:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}

const whole = (least: number, most: number, preset: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`)
    .default(preset);

const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` });

const address = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, error: `must be an address such as ${example}` });

const yesOrNo = oneOf(['true', 'false']).transform((word) => word === 'true');

const secretsKey = z
  .base64({ error: 'must be 32 bytes in base64; make one with: openssl rand -base64 32' })
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === 32, {
    error: 'must be 32 bytes in base64; make one with: openssl rand -base64 32',
  });

/** The settings by name. `.env.example` lists exactly these; a test compares the two. */
export const settings = z.object({
  PORT: whole(0, 65_535, 3000),
  HOST: z.string().default('127.0.0.1'),
  BASE_URL: address(/^https?$/, 'https://perennial.example.com').optional(),
  ROLE: oneOf(['web', 'worker', 'all']).default('all'),
  DATABASE_URL: address(/^postgres(ql)?$/, 'postgres://name:password@host:5432/database').optional(),
  DATA_DIR: z.string().default('.data'),
  SECRETS_KEY: secretsKey.optional(),
  SMTP_URL: address(/^smtps?$/, 'smtp://name:password@host:587').optional(),
  MAIL_FROM: z.string().includes('@', { error: 'must be a mail address' }).default('perennial@localhost'),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error']).default('info'),
  LOG_FORMAT: oneOf(['pretty', 'json']).default('pretty'),
  DEMO: yesOrNo.optional(),
  POLL_SECONDS: whole(5, 86_400, 20),
  SWEEP_SECONDS: whole(1, 3600, 5),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  GOOGLE_SERVICE_ACCOUNT: googleServiceAccount.optional(),
  MICROSOFT_CLIENT_ID: z.string().optional(),
  MICROSOFT_CLIENT_SECRET: z.string().optional(),
  MICROSOFT_TENANT: z
    .string()
    .regex(/^[\w.-]+$/, 'must be a tenant id, a domain, or organizations')
    .optional(),
  ZOOM_CLIENT_ID: z.string().optional(),
  ZOOM_CLIENT_SECRET: z.string().optional(),
  CLIP_SECONDS: whole(5, 300, 30),
  CLIP_MEGABYTES: whole(1, 4096, 200),
  CLIP_DAYS: whole(1, 3650, 90),
});

/**
 * Reads every setting once; an empty value counts as unset.
 * @throws {ConfigError} naming every problem, not only the first
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = settings.safeParse(given);
  const problems = read.success
    ? []
    : read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  if (given['DATABASE_URL'] !== undefined && given['SECRETS_KEY'] === undefined) {
    problems.push(
      'SECRETS_KEY is needed when DATABASE_URL is set: a key made on one machine could not open what another sealed',
    );
  }
  problems.push(...halfSet(given));
  if ((given['ZOOM_CLIENT_ID'] === undefined) !== (given['ZOOM_CLIENT_SECRET'] === undefined))
    problems.push('ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET belong together: set both or neither');
  if (!read.success || problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(named(read.data));
}

/** The settings once the database stands and the key is known. */
export function completeConfig(
  read: Settings,
  own: { readonly databaseUrl: string; readonly secretsKey: Buffer },
): Config {
  return Object.freeze({ ...read, ...own });
}

function named(read: z.output<typeof settings>): Settings {
  const entra = client(read.MICROSOFT_CLIENT_ID, read.MICROSOFT_CLIENT_SECRET);
  return {
    port: read.PORT,
    host: read.HOST,
    baseUrl: (read.BASE_URL ?? `http://localhost:${read.PORT}`).replace(/\/+$/, ''),
    databaseUrl: read.DATABASE_URL ?? null,
    dataDir: read.DATA_DIR,
    role: read.ROLE,
    secretsKey: read.SECRETS_KEY ?? null,
    smtpUrl: read.SMTP_URL ?? null,
    mailFrom: read.MAIL_FROM,
    logLevel: read.LOG_LEVEL,
    logFormat: read.LOG_FORMAT,
    demo: read.DEMO ?? read.DATABASE_URL === undefined,
    pollSeconds: read.POLL_SECONDS,
    sweepSeconds: read.SWEEP_SECONDS,
    googleClient: client(read.GOOGLE_CLIENT_ID, read.GOOGLE_CLIENT_SECRET),
    googleServiceAccount: read.GOOGLE_SERVICE_ACCOUNT ?? null,
    microsoftClient: entra && { ...entra, tenant: read.MICROSOFT_TENANT ?? 'organizations' },
    zoom: zoomOf(read),
    clips: { seconds: read.CLIP_SECONDS, megabytes: read.CLIP_MEGABYTES, days: read.CLIP_DAYS },
  };
}

function zoomOf({ ZOOM_CLIENT_ID: clientId, ZOOM_CLIENT_SECRET: clientSecret }: z.output<typeof settings>) {
  return clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret };
}
