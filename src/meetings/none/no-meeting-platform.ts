import { MeetingPlatform } from '../meeting-platform.ts';

/** Nothing is connected: people come in through the browser. */
export class NoMeetingPlatform extends MeetingPlatform {
  override readonly connected = false;

  override recognise(): null {
    return null;
  }

  override async identify(): Promise<null> {
    return null;
  }
}
