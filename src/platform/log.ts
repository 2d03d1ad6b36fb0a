import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions } from 'pino';
import type { DestinationStream } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from '../config.ts';

/** What a line may carry beside its sentence: ids, counts, times. Never somebody's words, never a secret. */
export type Facts = Readonly<Record<string, unknown>>;

/**
 * A constant sentence and the facts beside it: `log.info({ seriesId, step: 'move' }, 'occurrence moved')`.
 * An error goes under `err`. `child` stamps every further line, for example with a reconcile id.
 */
export abstract class Log {
  abstract debug(facts: Facts, sentence: string): void;
  abstract info(facts: Facts, sentence: string): void;
  abstract warn(facts: Facts, sentence: string): void;
  abstract error(facts: Facts, sentence: string): void;
  abstract child(facts: Facts): Log;
}

const SECRETS = [
  'authorization',
  'cookie',
  'password',
  'token',
  'secret',
  'secretsKey',
  'smtpUrl',
  'databaseUrl',
];

/** Two levels deep, because requests, headers and account settings are logged as they are. */
const redact = {
  paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*["set-${name}"]`]),
  censor: '[redacted]',
};

/** @param destination where lines go; standard output when absent, coloured on a terminal */
export function createLog(
  config: Pick<Config, 'logLevel' | 'logFormat'>,
  destination: DestinationStream = standardOutput(config.logFormat),
): Log {
  return pino(
    { level: config.logLevel, base: null, timestamp: stdTimeFunctions.isoTime, redact },
    destination,
  );
}

function standardOutput(format: Config['logFormat']): DestinationStream {
  if (format === 'json') return pino.destination({ dest: 1, sync: true });
  return pretty({ destination: 1, sync: true, translateTime: 'SYS:HH:MM:ss', colorize: false });
}

/** Lets Nest speak through the same log. Its start-up chatter is for debugging. */
export class NestLog implements LoggerService {
  private readonly lines: Log;

  constructor(lines: Log) {
    this.lines = lines;
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.lines.debug(about(rest), String(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.lines.debug(about(rest), String(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.lines.debug(about(rest), String(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.lines.warn(about(rest), String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.lines.error({ ...about(rest), ...cause(message) }, String(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.error(message, ...rest);
  }
}

/** Nest passes the speaking class last and, for errors, a stack before it. */
function about(rest: readonly unknown[]): Facts {
  const [stack, context] = rest.length > 1 ? rest : [undefined, rest[0]];
  return { ...(context === undefined ? {} : { context }), ...(stack === undefined ? {} : { stack }) };
}

function cause(message: unknown): Facts {
  return message instanceof Error ? { err: message } : {};
}
