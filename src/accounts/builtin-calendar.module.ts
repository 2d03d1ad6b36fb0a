import { Module } from '@nestjs/common';
import { BuiltinCalendarController } from './builtin-calendar.controller.ts';
import { FeedController } from './feed.controller.ts';
import { OwnFeedController } from './own-feed.controller.ts';

/** The built-in calendar as people meet it: their feed, and a client for what they do to an event. */
@Module({ controllers: [BuiltinCalendarController, FeedController, OwnFeedController] })
export class BuiltinCalendarModule {}
