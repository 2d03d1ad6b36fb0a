import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Queue } from './queue.ts';

/** The queue, for every room that gives or takes work. Whoever started it stops it. */
@Module({})
export class JobsModule {
  static over(queue: Queue): DynamicModule {
    return {
      module: JobsModule,
      global: true,
      providers: [{ provide: Queue, useValue: queue }],
      exports: [Queue],
    };
  }
}
