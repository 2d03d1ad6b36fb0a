import { Global, Module } from '@nestjs/common';
import { Config } from '../config.ts';
import { MeetingPlatform } from './meeting-platform.ts';
import { NoMeetingPlatform } from './none/no-meeting-platform.ts';
import { Zoom } from './zoom/zoom.ts';

/** The platform that the settings name, or none. */
@Global()
@Module({
  providers: [
    {
      provide: MeetingPlatform,
      inject: [Config],
      useFactory: ({ zoom }: Config) => (zoom ? new Zoom(zoom) : new NoMeetingPlatform()),
    },
  ],
  exports: [MeetingPlatform],
})
export class MeetingsModule {}
