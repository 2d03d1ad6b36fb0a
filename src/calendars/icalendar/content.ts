import ICAL from 'ical.js';
import { meaningOf, readAgenda, splice } from '../../domain/agenda/splice.ts';
import type { RepAnswer, SeenAgenda } from '../../domain/observation.ts';
import type { EventContent } from '../calendar.ts';

/** Names the rep among the attendees; inherited by overrides through the master. */
const REP = 'x-perennial-rep';
/** Says whose event it is, also in a copy that a client made under a UID of its own. */
const MARK = 'x-perennial-series';
const HTML = 'x-alt-desc';
const RICH_TEXT = 'data:text/html,';

/** Everything that is written once, when an event is made. */
export function writeContent(event: ICAL.Component, content: EventContent, mark: string): void {
  event.addPropertyWithValue('summary', content.title);
  event.addPropertyWithValue('description', splice('', content.block.text));
  const html = new ICAL.Property(HTML);
  html.setParameter('fmttype', 'text/html');
  html.setValue(escapeText(`<html><body>${splice('', content.block.html, '<br>')}</body></html>`));
  event.addProperty(html);
  event.addPropertyWithValue('url', content.url);
  event.addPropertyWithValue('status', 'CONFIRMED');
  event.addPropertyWithValue('transp', 'OPAQUE');
  event.addPropertyWithValue(MARK, mark);
  writeInvitation(event, content.invitation);
}

/** Puts the agenda back where its meaning differs. Everything outside the markers stays. @returns whether it did */
export function repairAgenda(event: ICAL.Component, block: EventContent['block']): boolean {
  const seen = agendaOf(event);
  if (seen.kind === 'present' && seen.meaning === meaningOf(block.text)) return false;
  const property = event.getFirstProperty('description') ?? event.addPropertyWithValue('description', '');
  property.setValue(splice(String(property.getFirstValue() ?? ''), block.text));
  repairRichText(property, block.html);
  // A client that dropped the HTML twin shows the text; a new twin would hide what people wrote there.
  const html = event.getFirstProperty(HTML);
  if (html) html.setValue(escapeText(spliceHtml(unescapeText(String(html.getFirstValue())), block.html)));
  return true;
}

export function agendaOf(event: ICAL.Component): SeenAgenda {
  return readAgenda(String(event.getFirstPropertyValue('description') ?? ''));
}

export function markOf(event: ICAL.Component): string {
  return String(event.getFirstPropertyValue(MARK) ?? '');
}

/** The rep's answer on this component. A tentative or delegated one is none. */
export function repAnswerOf(event: ICAL.Component, main: ICAL.Component): RepAnswer {
  const answer = (repOf(event, main)?.getFirstParameter('partstat') ?? '').toUpperCase();
  if (answer === 'DECLINED') return 'declined';
  return answer === 'ACCEPTED' ? 'accepted' : 'none';
}

/** An answer belongs to the slot it was given for. Other guests keep theirs. */
export function forgetRepAnswer(event: ICAL.Component, main: ICAL.Component): void {
  const rep = repOf(event, main);
  rep?.setParameter('partstat', 'NEEDS-ACTION');
  rep?.setParameter('rsvp', 'TRUE');
}

/** Whether the rep whom we invited is among the guests; undefined where nothing says who that was. */
export function isRepInvited(event: ICAL.Component, main: ICAL.Component): boolean | undefined {
  const mark = event.getFirstProperty(REP) ?? main.getFirstProperty(REP);
  if (!mark) return undefined;
  return event.getAllProperties('attendee').some((guest) => addressOf(guest) === addressOf(mark));
}

/** @returns whether the rep was missing and is a guest again */
export function putRepBack(event: ICAL.Component, main: ICAL.Component, content: EventContent): boolean {
  if (!content.putsRepBack || isRepInvited(event, main) !== false) return false;
  const mark = event.getFirstProperty(REP) ?? main.getFirstProperty(REP);
  writeGuest(event, addressOf(mark!), content.invitation.attendee.name);
  return true;
}

/** Whether the person behind these addresses said no. */
export function isDeclinedBy(event: ICAL.Component, owners: readonly string[]): boolean {
  return event
    .getAllProperties('attendee')
    .some(
      (attendee) =>
        owners.includes(addressOf(attendee)) &&
        (attendee.getFirstParameter('partstat') ?? '').toUpperCase() === 'DECLINED',
    );
}

function writeInvitation(event: ICAL.Component, { organiser, attendee }: EventContent['invitation']): void {
  const from = event.addPropertyWithValue('organizer', `mailto:${organiser.email}`);
  from.setParameter('cn', organiser.name);
  writeGuest(event, attendee.email, attendee.name);
  event.addPropertyWithValue(REP, `mailto:${attendee.email}`);
}

function writeGuest(event: ICAL.Component, email: string, name: string): void {
  const to = event.addPropertyWithValue('attendee', `mailto:${email}`);
  to.setParameter('cn', name);
  to.setParameter('role', 'REQ-PARTICIPANT');
  to.setParameter('partstat', 'NEEDS-ACTION');
  to.setParameter('rsvp', 'TRUE');
}

// Where a client dropped our mark, a single guest can only be the rep; of several, none is guessed.
function repOf(event: ICAL.Component, main: ICAL.Component): ICAL.Property | null {
  const organiser = event.getFirstProperty('organizer');
  const guests = event
    .getAllProperties('attendee')
    .filter((attendee) => !organiser || addressOf(attendee) !== addressOf(organiser));
  const mark = event.getFirstProperty(REP) ?? main.getFirstProperty(REP);
  const marked = mark && guests.find((guest) => addressOf(guest) === addressOf(mark));
  return marked ?? (guests.length === 1 ? guests[0]! : null);
}

function addressOf(property: ICAL.Property): string {
  return String(property.getFirstValue() ?? '')
    .replace(/^mailto:/i, '')
    .toLowerCase();
}

// Thunderbird shows the HTML it keeps in ALTREP in place of the text.
function repairRichText(description: ICAL.Property, html: string): void {
  const altrep = description.getFirstParameter('altrep') as string | undefined;
  if (!altrep?.toLowerCase().startsWith(RICH_TEXT)) return;
  const body = decodeURIComponent(altrep.slice(RICH_TEXT.length));
  description.setParameter('altrep', RICH_TEXT + encodeURIComponent(spliceHtml(body, html)));
}

// A block that is lost goes inside the body, not behind the end of the page.
function spliceHtml(page: string, inside: string): string {
  const end = page.search(/<\/body>/i);
  if (readAgenda(page).kind === 'present' || end < 0) return splice(page, inside, '<br>');
  return splice(page.slice(0, end), inside, '<br>') + page.slice(end);
}

function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

function unescapeText(text: string): string {
  return text.replace(/\\([\\;,nN])/g, (_, char: string) => (char.toLowerCase() === 'n' ? '\n' : char));
}
