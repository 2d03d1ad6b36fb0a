import { Module } from '@nestjs/common';
import { MeetingsModule } from '../meetings/meetings.module.ts';
import { ClipAddresses } from './clips/clip-addresses.ts';
import { Clips } from './clips/clips.ts';
import { ClipsController } from './clips/clips.controller.ts';
import { MediaController } from './clips/media.controller.ts';
import { ClosingTime } from './closing-time.ts';
import { Entry } from './entry.ts';
import { KnownSessions } from './known-sessions.ts';
import { OpeningController } from './opening.controller.ts';
import { Screens } from './screens.ts';
import { SessionPasses } from './session-passes.ts';
import { SessionViews } from './session-views.ts';
import { SessionWords } from './session-words.ts';
import { Sessions } from './sessions.ts';
import { SessionsController } from './sessions.controller.ts';
import { SignInController } from './sign-in.controller.ts';
import { ZoomEntry } from './zoom-entry.ts';

/** The running session: commands in, one revision out, to every screen. */
@Module({
  imports: [MeetingsModule],
  controllers: [OpeningController, SignInController, ClipsController, MediaController, SessionsController],
  providers: [
    SessionWords,
    KnownSessions,
    Sessions,
    ClipAddresses,
    Clips,
    Screens,
    ClosingTime,
    SessionPasses,
    SessionViews,
    Entry,
    ZoomEntry,
  ],
})
export class LiveModule {}
