import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Config } from '../config.ts';
import { Clock, SystemClock } from './clock.ts';
import { Log } from './log.ts';

/** What everything may ask for: the settings, the present, the log. */
@Module({})
export class PlatformModule {
  static over(config: Config, log: Log): DynamicModule {
    const providers = [
      { provide: Config, useValue: config },
      { provide: Log, useValue: log },
      { provide: Clock, useClass: SystemClock },
    ];
    return { module: PlatformModule, global: true, providers, exports: [Config, Log, Clock] };
  }
}
