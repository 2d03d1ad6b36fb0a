import { Module } from '@nestjs/common';
import { Desk } from './desk.ts';
import { OccurrencesController } from './occurrences.controller.ts';
import { PrivateWords } from './private-words.ts';
import { Reads } from './reads.ts';
import { RecoveriesController } from './recoveries.controller.ts';
import { SeriesController } from './series.controller.ts';

/** What managers and reps do. Needs a `Look` from whoever runs the loop. */
@Module({
  controllers: [SeriesController, OccurrencesController, RecoveriesController],
  providers: [Desk, Reads, PrivateWords],
})
export class DeskModule {}
