import { Body, Controller, Get, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { Look } from '../jobs/look.ts';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import { id } from '../platform/values.api.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { Stores } from '../store/stores.ts';
import { changeAnchor } from './change-anchor.ts';
import { afterMove, changeCalendar } from './change-calendar.ts';
import type { MovedSeries } from './change-calendar.ts';
import { actingOn, answer, Desk, findSeries } from './desk.ts';
import { ledgerPage, ledgerQuery } from './ledger.api.ts';
import type { LedgerPage } from './ledger.api.ts';
import { makeSeries, warningFor } from './make-series.ts';
import { Reads } from './reads.ts';
import { viewPlan } from './series-view.ts';
import {
  dryRun,
  lookQueued,
  newSeries,
  planView,
  seriesList,
  seriesMoved,
  seriesPatch,
  seriesView,
} from './series.api.ts';
import type { NewSeries, PlanView, SeriesList, SeriesMoved, SeriesPatch, SeriesView } from './series.api.ts';

const ofPair = z.strictObject({ pair: id.optional() });

/** The recurring meetings. There is no delete: a series ends when its pair does. */
@Controller('api/series')
@Allow('anyone signed in')
export class SeriesController {
  constructor(
    private readonly store: PostgresStore,
    private readonly desk: Desk,
    private readonly reads: Reads,
    private readonly look: Look,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Post()
  @Allow('manager', 'admin')
  @Answers(
    201,
    'Makes the series of a pair.',
    seriesView,
    'unknown-pair',
    'pair-ended',
    'series-exists',
    'not-possible',
  )
  async make(@Caller() caller: Caller, @Body({ schema: newSeries }) wanted: NewSeries): Promise<SeriesView> {
    const series = await this.store.transaction(caller.organisation, async (stores) => {
      const made = await makeSeries(stores, caller, wanted, this.clock.now());
      await this.desk.keep(stores, { caller, series: made.series, key: null, as: made.as }, made.said);
      return made.series;
    });
    await this.desk.follow(caller.organisation, series);
    const view = await this.reads.series(caller, series);
    return { ...view, warning: warningFor(wanted.everyWeeks) ?? view.warning };
  }

  @Get()
  @Answers(200, 'All series the caller may see.', seriesList)
  list(
    @Caller() caller: Caller,
    @Query({ schema: ofPair }) { pair }: z.output<typeof ofPair>,
  ): Promise<SeriesList> {
    return this.reads.seriesList(caller, pair);
  }

  @Get(':id')
  @Answers(200, 'One series.', seriesView, 'unknown-series')
  one(@Caller() caller: Caller, @Param('id') series: string): Promise<SeriesView> {
    return this.reads.series(caller, series);
  }

  @Patch(':id')
  @Allow('manager', 'admin')
  @Answers(
    200,
    'Moves the series to another calendar of its manager, where every meeting keeps its time; or to another anchor.',
    seriesMoved,
    'unknown-series',
    'pair-ended',
    'conflict',
    'not-possible',
  )
  async change(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Body({ schema: seriesPatch }) patch: SeriesPatch,
  ): Promise<SeriesMoved> {
    const { organisation } = caller;
    const said = await this.store.transaction(organisation, async (stores) => {
      const moved = await this.#move(stores, caller, series, patch);
      await this.desk.keep(stores, { caller, series, key: null, as: moved.as }, moved.said);
      return moved.said;
    });
    const settled = await this.desk.follow(organisation, series);
    const { calendar, sentence } = answer(settled, said.entry.because);
    const told = await this.store.transaction(organisation, (stores) => afterMove(stores, series, sentence));
    return { ...(await this.reads.series(caller, series)), calendar, sentence: settled ? told : sentence };
  }

  @Get(':id/ledger')
  @Answers(200, 'What happened to a series and why, oldest first.', ledgerPage, 'unknown-series')
  ledger(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Query({ schema: ledgerQuery }) { limit, cursor }: z.output<typeof ledgerQuery>,
  ): Promise<LedgerPage> {
    return this.reads.ledger(caller, series, limit, cursor);
  }

  @Post(':id/reconcile')
  @Answers(200, 'Says what the loop would do, or lets it look now (202).', planView, 'unknown-series')
  @ApiResponse({ status: 202, description: 'The look waits in the queue.', standardSchema: lookQueued })
  async reconcile(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Query({ schema: dryRun }) query: z.output<typeof dryRun>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanView | z.output<typeof lookQueued>> {
    const dry = query.dryRun === 'true';
    await this.store.transaction(caller.organisation, async (stores) => {
      actingOn(caller, await findSeries(stores, caller, series));
      if (!dry) await stores.jobs.enqueue({ name: 'reconcile-series', seriesId: series });
    });
    if (!dry) {
      void reply.code(202);
      return { queued: true };
    }
    const found = await this.look.dryRun(caller.organisation, series);
    if (!found) throw new Problem('unknown-series');
    return viewPlan(found.plan, found.seen);
  }

  #move(
    stores: Stores,
    caller: Caller,
    series: string,
    { account, anchor }: SeriesPatch,
  ): Promise<MovedSeries> {
    const now = this.clock.now();
    if (anchor) return changeAnchor(stores, caller, { series, anchor }, now);
    return changeCalendar(stores, caller, { series, account: account! }, now);
  }
}
