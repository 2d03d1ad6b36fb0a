import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '../platform/log.ts';
import { CallMeter } from './call-meter.ts';

const EVERY_MS = 15_000;

/** Writes the counted calls down now and then, and once more before the process ends. */
@Injectable()
export class KeepCount implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #tick: NodeJS.Timeout | null = null;

  constructor(
    private readonly meter: CallMeter,
    @Inject(Log) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.#tick = setInterval(() => void this.write(), EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.#tick) clearInterval(this.#tick);
    await this.write();
  }

  private async write(): Promise<void> {
    await this.meter.flush().catch((err: unknown) => this.log.warn({ err }, 'calls could not be counted'));
  }
}
