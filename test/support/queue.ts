import type { DynamicModule } from '@nestjs/common';
import { JobsModule } from '../../src/jobs/jobs.module.ts';
import { Queue } from '../../src/jobs/queue.ts';
import type { TestDatabase } from './database.ts';

/** A queue of the test's own, started, for rooms that ask for one. What the service enqueues does not reach it. */
export async function queueOn({ url }: TestDatabase): Promise<DynamicModule> {
  const queue = new Queue({ url, poolSize: 2 }, { warn: () => {}, error: () => {} });
  await queue.start();
  afterAll(() => queue.stop());
  return JobsModule.over(queue);
}
