import type { ScheduleInformation, ScheduleItem } from '@microsoft/microsoft-graph-types';
import { timeIn } from './accept-event.ts';
import { badRequest } from './answer.ts';
import { wrongWith } from './held.ts';
import type { Mailbox } from './mailbox.ts';

interface Question {
  readonly schedules?: readonly string[];
  readonly startTime?: { dateTime: string; timeZone: string };
  readonly endTime?: { dateTime: string; timeZone: string };
  readonly availabilityViewInterval?: number;
}

/** What getSchedule tells of everybody asked for; a mailbox elsewhere is an error of its own, not of the call. */
export function scheduleOf(
  body: unknown,
  mailboxes: ReadonlyMap<string, Mailbox>,
  asking: Mailbox,
): ScheduleInformation[] {
  const { schedules, startTime, endTime, availabilityViewInterval: interval = 30 } = body as Question;
  if (!schedules?.length || !startTime || !endTime)
    throw badRequest('schedules, startTime and endTime are required');
  if (interval < 5 || interval > 1440) throw badRequest('availabilityViewInterval must be 5 to 1440');
  const [from, until] = [timeIn(startTime).at, timeIn(endTime).at];
  return schedules.map((scheduleId) => {
    const mailbox = mailboxes.get(scheduleId) ?? (scheduleId === asking.email ? asking : undefined);
    if (!mailbox) {
      const error = {
        message: 'Unable to resolve e-mail address to an Active Directory object.',
        responseCode: 'ErrorMailRecipientNotFound',
      };
      return held({ scheduleId, error, scheduleItems: [] });
    }
    const scheduleItems = mailbox
      .view('primary', from, until)
      .filter(({ item, exception }) => (exception ?? item).showAs !== 'free')
      .map(({ item, exception, start, end }): ScheduleItem => ({
        status: (exception ?? item).showAs,
        start: utc(start),
        end: utc(end),
        isPrivate: false,
        subject: (exception ?? item).subject,
      }));
    return held({ scheduleId, availabilityView: '0', scheduleItems });
  });
}

function held(information: ScheduleInformation): ScheduleInformation {
  const wrong = wrongWith('schedule', information);
  if (wrong) throw new Error(`the fake sends what Graph would not: ${wrong}`);
  return information;
}

function utc(at: number): { dateTime: string; timeZone: string } {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').toPlainDateTime();
  return { dateTime: `${wall.toString({ smallestUnit: 'second' })}.0000000`, timeZone: 'UTC' };
}
