import type { Minute } from '../domain/minute.ts';

/** Jobs say which, never what happened: the worker reads the facts itself. */
export type Job =
  | { readonly name: 'reconcile-series'; readonly seriesId: string }
  | { readonly name: 'poll-account'; readonly accountId: string }
  | { readonly name: 'keep-watch'; readonly accountId: string }
  | { readonly name: 'tell-owner'; readonly accountId: string }
  | { readonly name: 'send-mail'; readonly mailId: string };

export type JobName = Job['name'];
export type JobNamed<Name extends JobName> = Extract<Job, { name: Name }>;

export const JOB_NAMES = [
  'reconcile-series',
  'poll-account',
  'keep-watch',
  'tell-owner',
  'send-mail',
] as const satisfies readonly JobName[];

/** A job on its way into the queue; `after` is the earliest minute at which it may start. */
export interface WaitingJob {
  readonly job: Job;
  readonly after: Minute | null;
}

/** Runs one statement of the caller's transaction and answers with its rows. */
export type Query = (sql: string, values?: unknown[]) => Promise<unknown[]>;

/** Puts jobs into the queue inside the caller's transaction: they exist if and only if it commits. */
export type Enqueue = (jobs: readonly WaitingJob[], query: Query) => Promise<void>;

/** What a job is about: two jobs with the same key are one. */
export function keyOfJob(job: Job): string {
  switch (job.name) {
    case 'reconcile-series':
      return job.seriesId;
    case 'poll-account':
    case 'keep-watch':
    case 'tell-owner':
      return job.accountId;
    case 'send-mail':
      return job.mailId;
    default: {
      const forgotten: never = job;
      return forgotten;
    }
  }
}

/** A job without its name, as the queue keeps it. */
export function payloadOf({ name: _, ...payload }: Job): object {
  return payload;
}

/** The job that was enqueued; only `payloadOf` writes payloads. */
export function jobOf<Name extends JobName>(name: Name, payload: object): JobNamed<Name> {
  return { name, ...payload } as JobNamed<Name>;
}
