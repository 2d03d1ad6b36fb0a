import { Readable } from 'node:stream';
import { Controller, Get, Headers, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import { Audit } from './audit.ts';
import { cadence, cadenceQuery, grid, period, verification } from './audit.api.ts';
import type { Cadence, CadenceQuery, Grid, Period, Verification } from './audit.api.ts';

/** Whether the cadence is kept, for those who watch over it. Nothing here knows a private word. */
@Controller('api/audit')
@Allow('admin', 'auditor')
export class AuditController {
  constructor(private readonly audit: Audit) {}

  @Get('cadence')
  @ApiProduces('application/json', 'text/csv')
  @Answers(200, 'One row for each owed meeting of a period, as JSON or CSV.', cadence)
  async cadence(
    @Caller() caller: Caller,
    @Query({ schema: cadenceQuery }) { format, ...period }: CadenceQuery,
    @Headers('accept') accept: string | undefined,
  ): Promise<Cadence | StreamableFile> {
    const wantsCsv = format === 'csv' || (format === undefined && prefersCsv(accept));
    return wantsCsv ? this.#csv(caller, period) : this.audit.cadence(caller, period);
  }

  @Get('cadence.csv')
  @ApiProduces('text/csv')
  @Answers(200, 'The same as CSV.', null)
  cadenceCsv(@Caller() caller: Caller, @Query({ schema: period }) days: Period): Promise<StreamableFile> {
    return this.#csv(caller, days);
  }

  @Get('grid')
  @Answers(200, 'All pairs by weeks, with two-cancel flags and recoveries due.', grid)
  grid(@Caller() caller: Caller, @Query({ schema: period }) days: Period): Promise<Grid> {
    return this.audit.grid(caller, days);
  }

  @Get('ledger/verification')
  @Answers(200, 'Whether the ledger is whole, or its first broken row.', verification)
  verification(@Caller() caller: Caller): Promise<Verification> {
    return this.audit.verification(caller);
  }

  async #csv(caller: Caller, { from, until }: Period): Promise<StreamableFile> {
    const pieces = await this.audit.csv(caller, { from, until });
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), {
      type: 'text/csv; charset=utf-8; header=present',
      disposition: `attachment; filename="cadence-${from}-${until}.csv"`,
    });
  }
}

/** Whether CSV is named before JSON or anything. */
function prefersCsv(accept = ''): boolean {
  const named = accept.split(',').map((type) => type.split(';')[0]!.trim());
  const json = named.findIndex((type) => type === 'application/json' || type === '*/*');
  const csv = named.indexOf('text/csv');
  return csv >= 0 && (json < 0 || csv < json);
}
