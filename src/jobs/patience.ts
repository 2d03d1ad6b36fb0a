import type { ConstructorOptions, QueueOptions, WorkOptions } from 'pg-boss';

/**
 * A worker says every 5 s that it lives. The job of one that fell silent for 10 s is found by a look every 3 s in
 * any process, waits 1 to 2 s as a retry, and is taken at the next poll: under 20 s in all, 30 are promised.
 */
export const TAKE_OVER = {
  superviseIntervalSeconds: 3,
  monitorIntervalSeconds: 3,
  maintenanceIntervalSeconds: 600,
} as const satisfies ConstructorOptions;

export const EVERY_QUEUE = {
  notify: true,
  heartbeatSeconds: 10,
  expireInSeconds: 900,
  retryLimit: 8,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  retentionSeconds: 14 * 24 * 3600,
  deleteAfterSeconds: 6 * 3600,
} as const satisfies QueueOptions & { notify: boolean };

/**
 * One job per key at a time: the group is the key. pg-boss's own `stately` policy would do the same, but its fetch
 * answers with nothing while the oldest waiting job's key is running, which holds up every other key.
 */
export const WAKE_UP = {
  groupConcurrency: 1,
  pollingIntervalSeconds: 2,
  notifyPollingIntervalSeconds: 2,
} as const satisfies WorkOptions;
