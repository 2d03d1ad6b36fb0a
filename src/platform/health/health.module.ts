import { Module } from '@nestjs/common';
import { Health } from './health.ts';
import { HealthController } from './health.controller.ts';

@Module({ controllers: [HealthController], providers: [Health] })
export class HealthModule {}
