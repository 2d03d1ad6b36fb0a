import { SendMail, WAITS } from '../../src/calendars/mail/send-mail.ts';
import { SmtpTransport } from '../../src/calendars/mail/mail-transport.ts';
import { changeAnchor } from '../../src/desk/change-anchor.ts';
import { minuteFromIso } from '../../src/domain/minute.ts';
import { Announce } from '../../src/reconcile/announce.ts';
import { BuiltinPair } from '../support/builtin-pair.ts';
import { openStore } from '../support/builtin-world.ts';
import { freshDatabase } from '../support/database.ts';
import { MailServer } from '../support/mail-server.ts';
import type { CaughtMail } from '../support/mail-server.ts';
import { problemsOf } from '../support/strict-icalendar.ts';
import { QuietLog } from '../support/world.ts';

const opened = await openStore(await freshDatabase());
const server = new MailServer();
const url = await server.listen();
afterAll(() => server.close());

const clock = { now: () => minuteFromIso('2026-11-20T08:00Z') };
const announce = new Announce('perennial@acme.test', clock);
const transport = new SmtpTransport(url, 'Perennial <perennial@acme.test>');

describe('invitations by mail', () => {
  let pair: BuiltinPair;
  let emails: { manager: string; rep: string };
  let sendMail: SendMail;
  beforeEach(async () => {
    server.caught.length = 0;
    server.refuse = null;
    opened.jobs.length = 0;
    pair = await BuiltinPair.make(opened, (...confirmed) => announce.run(...confirmed));
    sendMail = new SendMail(opened.store, transport, pair.clock, new QuietLog());
    await pair.settle();
    const { people } = (await pair.remembered()).facts;
    emails = { manager: people.manager.email, rep: people.rep.email };
  });
  const queued = () =>
    opened.jobs.splice(0).flatMap(({ job }) => (job.name === 'send-mail' ? [job.mailId] : []));
  /** Everything that was told since the last time: the rep's mails first, then by subject. */
  const deliver = async () => {
    for (const mailId of queued()) await sendMail.run(mailId);
    const rank = ({ to, headers }: CaughtMail) => `${to[0] === emails.rep ? 1 : 2} ${headers['subject']}`;
    return server.caught.splice(0).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  };
  const settleAndDeliver = async () => {
    await pair.settle();
    return deliver();
  };
  const stateOf = async (mailId: string) => {
    const load = opened.store.transaction(pair.organisation, ({ mail }) => mail.load(mailId));
    return (await load)!;
  };

  test('a new series invites the rep for the manager, and the manager for Perennial', async () => {
    const [rep, manager, ...more] = await deliver();
    expect(more).toEqual([]);
    expect([rep!.to, manager!.to]).toEqual([[emails.rep], [emails.manager]]);
    expect(rep!.headers['reply-to']).toContain(emails.manager);
    const [theirs, own] = [icsOf(rep!), icsOf(manager!)];
    expect(theirs).toContain(`UID:perennial-s-${pair.series}-1`);
    expect(theirs).toMatch(new RegExp(`ORGANIZER;CN=Ana:mailto:${emails.manager}`));
    expect(theirs).toMatch(new RegExp(`ATTENDEE;[^\r]*PARTSTAT=NEEDS-ACTION[^\r]*:mailto:${emails.rep}`));
    expect(own).toContain('ORGANIZER;CN=Perennial:mailto:perennial@acme.test');
    expect(own).toMatch(new RegExp(`ATTENDEE;[^\r]*PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${emails.manager}`));
    expect(theirs).toContain('RRULE:FREQ=WEEKLY;BYDAY=TU');
    expect(theirs).toContain('SEQUENCE:0');
  });

  test('an invitation is text, a calendar alternative with its method, and an attachment', async () => {
    const [mail] = await deliver();
    expect(mail!.headers['content-type']).toMatch(/^multipart\/mixed/);
    expect(mail!.parts.map(({ type }) => type.split(';')[0])).toEqual([
      'text/plain',
      'text/calendar',
      'application/ics',
    ]);
    expect(mail!.parts[1]!.type).toMatch(/charset=utf-8/);
    expect(mail!.parts[1]!.type).toMatch(/method=request/);
    expect(mail!.parts[2]!.disposition).toMatch(/attachment; filename="?invite\.ics/);
    expect(mail!.parts[2]!.text).toBe(mail!.parts[1]!.text);
    expect(mail!.parts[0]!.text).toMatch(/When: Tuesdays, 10:00 \(Europe\/Berlin\), every week/);
  });

  test('a moved meeting is an update of that meeting alone, with a higher sequence', async () => {
    await deliver();
    await pair.act('manager', 'delete', '2026-12-01');
    const [rep, manager] = await settleAndDeliver();
    const ics = icsOf(rep!);
    expect(rep!.headers['subject']).toBe('Moved: Ana and Bo: 1-on-1, Tuesday 1 Dec, 09:30');
    expect(ics.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(ics).toContain('METHOD:REQUEST');
    expect(ics).toContain('RECURRENCE-ID;TZID=Europe/Berlin:20261201T100000');
    expect(ics).toContain('DTSTART;TZID=Europe/Berlin:20261201T093000');
    expect(ics).toContain('SEQUENCE:1');
    expect(rep!.parts[0]!.text).toContain('was deleted from the calendar');
    expect(icsOf(manager!)).toContain('SEQUENCE:1');
  });

  test('a drag that a person made is told as well, and back on the anchor too', async () => {
    await deliver();
    await pair.act('manager', 'drag', '2026-12-01', '2026-12-03T14:00Z');
    const [away] = await settleAndDeliver();
    expect(icsOf(away!)).toContain('DTSTART;TZID=Europe/Berlin:20261203T150000');
    await pair.act('manager', 'drag', '2026-12-01', '2026-12-01T09:00Z');
    const [back] = await settleAndDeliver();
    expect(icsOf(back!)).toContain('DTSTART;TZID=Europe/Berlin:20261201T100000');
    expect(icsOf(back!)).toContain('SEQUENCE:2');
  });

  test('a series that came back as its next copy replaces the old one', async () => {
    await deliver();
    await pair.act('manager', 'delete-series', '2026-12-01');
    const mails = (await settleAndDeliver()).filter(({ to }) => to[0] === emails.rep);
    const [request, cancel] = mails.map(icsOf);
    expect(mails).toHaveLength(2);
    expect(cancel).toContain('METHOD:CANCEL');
    expect(cancel).toContain(`UID:perennial-s-${pair.series}-1`);
    expect(cancel).toContain('STATUS:CANCELLED');
    expect(request).toContain('METHOD:REQUEST');
    expect(request).toContain(`UID:perennial-s-${pair.series}-2`);
    expect(request).toContain('RECURRENCE-ID');
  });

  test('a new anchor is told once: one invitation, with this week as it was, replaces the other', async () => {
    await deliver();
    await pair.at('2026-11-23T08:00Z');
    const { organisation, people, series } = pair;
    const caller = { organisation, person: people.manager, roles: ['manager' as const] };
    const anchor = { weekday: 4, time: '14:00' };
    await opened.store.transaction(organisation, (stores) =>
      changeAnchor(stores, caller, { series, anchor }, pair.clock.now()),
    );
    const mails = (await settleAndDeliver()).filter(({ to }) => to[0] === emails.rep);
    const [request, cancel, ...more] = mails.map(icsOf);
    expect(more).toEqual([]);
    expect(cancel).toContain(`UID:perennial-s-${series}-1`);
    expect(request).toContain(`UID:perennial-s-${series}-2`);
    expect(request).toContain('RRULE:FREQ=WEEKLY;BYDAY=TH');
    expect(request).toContain('DTSTART;TZID=Europe/Berlin:20261124T100000');
    await pair.settle();
    expect(await deliver()).toEqual([]);
  });

  test('a meeting that nothing is left for is cancelled, and its recovery invites on its own', async () => {
    await pair.act('manager', 'delete', '2026-11-24');
    await pair.settle();
    await pair.act('manager', 'drag', '2026-12-01', '2026-12-04T15:30Z');
    await pair.at('2026-12-04T15:00Z');
    await deliver();
    await pair.act('manager', 'delete', '2026-12-01');
    const mails = (await settleAndDeliver()).filter(({ to }) => to[0] === emails.rep);
    const told = mails.map((mail) => [mail.headers['subject'], /METHOD:(\w+)/.exec(icsOf(mail))![1]]);
    expect(told).toEqual([
      ['Cancelled: Ana and Bo: 1-on-1, Tuesday 1 Dec, 10:00', 'CANCEL'],
      [expect.stringMatching(/^Recovery meeting: Ana and Bo: 1-on-1, /), 'REQUEST'],
    ]);
    expect(icsOf(mails[1]!)).toContain('UID:perennial-e-');
  });

  test('a pair that ends keeps what was, and the rest of the series stops', async () => {
    await deliver();
    await pair.at('2026-12-02T08:00Z');
    expect(await deliver()).toEqual([]);
    await pair.end('They work with others now.');
    const [rep] = await settleAndDeliver();
    expect(rep!.headers['subject']).toMatch(/^Updated: /);
    expect(icsOf(rep!)).toContain('METHOD:REQUEST');
    expect(icsOf(rep!)).toContain('RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261202T075959Z');
    expect(problemsOf(rep!.parts[1]!.text)).toEqual([]);
    await pair.at('2026-12-09T08:00Z');
    expect(await deliver()).toEqual([]);
  });

  test.each([
    ['yes', 0],
    ['no', 1],
  ])(
    'where the server of a connected calendar invites (%s), %i mails leave, and only to the rep',
    async (invites, count) => {
      const silent = await BuiltinPair.make(opened);
      await silent.settle();
      const { facts, account } = await silent.remembered();
      queued();
      await opened.store.transaction(silent.organisation, (stores) =>
        announce.run(
          stores,
          { after: facts, link: 'https://perennial.test' },
          {
            account: { ...account, provider: 'caldav', settings: { invites } },
          },
        ),
      );
      const mails = await deliver();
      expect(mails.map(({ to }) => to)).toEqual(
        Array.from({ length: count }, () => [facts.people.rep.email]),
      );
    },
  );

  test('every message is valid, line by line', async () => {
    await pair.act('manager', 'delete', '2026-11-24');
    await pair.settle();
    await pair.act('manager', 'delete-series', '2026-12-01');
    const mails = await settleAndDeliver();
    expect(mails.length).toBeGreaterThan(4);
    for (const mail of mails) expect(problemsOf(mail.parts[1]!.text)).toEqual([]);
  });

  test('what was told is not told again, and a declined and moved meeting is told once', async () => {
    await deliver();
    await pair.at('2026-11-20T14:00Z');
    expect(await settleAndDeliver()).toEqual([]);
    await pair.act('rep', 'decline', '2026-12-01');
    expect(await settleAndDeliver()).toHaveLength(2);
  });

  test('a write whose confirmation was lost in a crash is told by the next look', async () => {
    await deliver();
    await pair.act('manager', 'delete', '2026-12-01');
    const broken = new Error('killed');
    const reconcile = pair.killedAfterWriting(broken);
    await expect(reconcile.run(pair.series)).rejects.toBe(broken);
    expect(queued()).toEqual([]);
    expect(await settleAndDeliver()).toHaveLength(2);
  });

  test('a server that is away is asked again, patiently, and the mail is sent once', async () => {
    const [mailId] = queued();
    server.refuse = { code: 451, says: 'try later' };
    await sendMail.run(mailId!);
    expect(await stateOf(mailId!)).toMatchObject({ state: 'waiting', tries: 1 });
    const after = pair.clock.now() + WAITS[0]!;
    expect(opened.jobs.splice(0)).toEqual([{ job: { name: 'send-mail', mailId }, after }]);
    server.refuse = null;
    await sendMail.run(mailId!);
    await sendMail.run(mailId!);
    expect(server.caught).toHaveLength(1);
    expect(server.caught[0]!.headers['message-id']).toBe(`<${mailId}@acme.test>`);
    expect(await stateOf(mailId!)).toMatchObject({ state: 'sent', tries: 2 });
  });

  test('two workers with the same mail send it once', async () => {
    const [mailId] = queued();
    await Promise.all([sendMail.run(mailId!), sendMail.run(mailId!)]);
    await sendMail.run(mailId!);
    expect(server.caught).toHaveLength(1);
  });

  test('a mail that is refused for good is given up, visibly', async () => {
    const [mailId] = queued();
    server.refuse = { code: 550, says: 'no such mailbox' };
    await sendMail.run(mailId!);
    expect(await stateOf(mailId!)).toMatchObject({ state: 'failed', tries: 1 });
    expect(opened.jobs).toEqual([]);
  });

  test('a server that never answers is given up after two days', async () => {
    const [mailId] = queued();
    server.refuse = { code: 421, says: 'busy' };
    for (const _ of [...WAITS, 'once more']) await sendMail.run(mailId!);
    expect(await stateOf(mailId!)).toMatchObject({ state: 'failed', tries: WAITS.length + 1 });
  });
});

function icsOf(mail: CaughtMail): string {
  return mail.parts.find(({ type }) => type.startsWith('text/calendar'))!.text.replace(/\r\n[ \t]/g, '');
}
