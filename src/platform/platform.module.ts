import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Config } from '../config.ts';
import { Clock, SystemClock } from './clock.ts';
import { Log } from './log.ts';
import { Seal } from './seal.ts';
import { Signer } from './signer.ts';

/** What everything may ask for: the settings, the present, the log. */
@Module({})
export class PlatformModule {
  /** @param clock the real one, unless somebody has to tell the time themselves */
  static over(config: Config, log: Log, clock: Clock = new SystemClock()): DynamicModule {
    const providers = [
      { provide: Config, useValue: config },
      { provide: Log, useValue: log },
      { provide: Clock, useValue: clock },
      { provide: Seal, useValue: new Seal(config.secretsKey) },
      { provide: Signer, useValue: new Signer(config.secretsKey) },
    ];
    return { module: PlatformModule, global: true, providers, exports: [Config, Log, Clock, Seal, Signer] };
  }
}
