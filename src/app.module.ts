import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Config } from './config.ts';
import type { Log } from './platform/log.ts';
import { PlatformModule } from './platform/platform.module.ts';

/** The house: every room by name. */
@Module({})
export class AppModule {
  static over(config: Config, log: Log): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.over(config, log)] };
  }
}
