/**
 * Holds an iCalendar object against RFC 5545 and RFC 5546, line by line and without the parser of the product.
 * Stricter than any client: what it lets through, all of them read.
 */
export function problemsOf(ics: string): string[] {
  const problems = linesProblems(ics);
  const root = read(ics, problems);
  if (!root) return problems;
  check(problems, root.name === 'VCALENDAR', 'the object is no VCALENDAR');
  once(problems, root, ['PRODID', 'VERSION']);
  atMostOnce(problems, root, ['CALSCALE', 'METHOD']);
  check(problems, valueOf(root, 'VERSION') === '2.0', 'VERSION is not 2.0');
  check(problems, root.parts.length > 0, 'there is no component');
  const zones = root.parts.filter(({ name }) => name === 'VTIMEZONE');
  for (const zone of zones) problems.push(...zoneProblems(zone));
  const known = zones.map((zone) => valueOf(zone, 'TZID'));
  check(problems, new Set(known).size === known.length, 'a zone is explained twice');
  const events = root.parts.filter(({ name }) => name === 'VEVENT');
  check(problems, events.length + zones.length === root.parts.length, 'there is a component of another kind');
  const used = new Set(events.flatMap(zonesIn));
  for (const zone of used) check(problems, known.includes(zone), `zone ${zone} is not explained`);
  for (const event of events) problems.push(...eventProblems(event));
  problems.push(...seriesProblems(events), ...methodProblems(valueOf(root, 'METHOD'), events));
  return problems;
}

interface Line {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

interface Part {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly parts: readonly Part[];
}

const LONGEST = 75;

function linesProblems(ics: string): string[] {
  const problems: string[] = [];
  check(problems, ics.endsWith('\r\n'), 'the last line does not end');
  check(problems, !/[^\r]\n|\r(?!\n)/.test(ics), 'a line does not end with CRLF');
  check(problems, !/(?![\t\r\n])\p{Cc}/u.test(ics), 'there is a control character');
  for (const line of ics.split('\r\n').slice(0, -1)) {
    check(problems, Buffer.byteLength(line) <= LONGEST, `more than ${LONGEST} octets: ${line}`);
    check(problems, line.trim() !== '', 'there is an empty line');
    check(problems, line.isWellFormed(), `a character is cut in half: ${line}`);
  }
  return problems;
}

const LINE = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/s;

function read(ics: string, problems: string[]): Part | null {
  const open: { name: string; lines: Line[]; parts: Part[] }[] = [{ name: '', lines: [], parts: [] }];
  for (const text of ics
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .slice(0, -1)) {
    const match = LINE.exec(text);
    if (!match) {
      problems.push(`no content line: ${text}`);
      continue;
    }
    const [, name, parameters, value] = match as unknown as [string, string, string, string];
    if (name === 'BEGIN') open.push({ name: value, lines: [], parts: [] });
    else if (name === 'END') {
      const part = open.pop()!;
      check(problems, part.name === value, `${value} ends inside ${part.name}`);
      open.at(-1)?.parts.push(part);
    } else open.at(-1)!.lines.push({ name: name.toUpperCase(), parameters: parametersIn(parameters), value });
  }
  check(problems, open.length === 1 && open[0]!.parts.length === 1, 'there is not exactly one object');
  return open[0]?.parts[0] ?? null;
}

function parametersIn(text: string): Map<string, string> {
  const found = text.matchAll(/;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:])*)/g);
  return new Map([...found].map(([, name, value]) => [name!.toUpperCase(), value!.replaceAll('"', '')]));
}

function zoneProblems(zone: Part): string[] {
  const problems: string[] = [];
  once(problems, zone, ['TZID']);
  check(problems, zone.parts.length > 0, 'a zone has no observance');
  for (const part of zone.parts) {
    check(problems, ['STANDARD', 'DAYLIGHT'].includes(part.name), `${part.name} in a zone`);
    once(problems, part, ['DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO']);
    check(problems, LOCAL.test(valueOf(part, 'DTSTART')!), 'an observance starts in no local time');
    for (const name of ['TZOFFSETFROM', 'TZOFFSETTO']) {
      check(
        problems,
        /^[+-](?!0000$)\d{4}(\d\d)?$|^\+0000$/.test(valueOf(part, name)!),
        `${name} is no offset`,
      );
    }
  }
  return problems;
}

const LOCAL = /^\d{8}T\d{6}$/;
const UTC = /^\d{8}T\d{6}Z$/;
const SINGLE = [
  [
    'CLASS',
    'CREATED',
    'DESCRIPTION',
    'GEO',
    'LAST-MODIFIED',
    'LOCATION',
    'ORGANIZER',
    'PRIORITY',
    'DURATION',
  ],
  ['SEQUENCE', 'STATUS', 'SUMMARY', 'TRANSP', 'URL', 'RECURRENCE-ID', 'RRULE', 'DTEND'],
].flat();
const TEXTS = ['SUMMARY', 'DESCRIPTION', 'LOCATION', 'X-ALT-DESC'];
const TIMES = ['DTSTART', 'DTEND', 'RECURRENCE-ID', 'EXDATE', 'RDATE'];

function eventProblems(event: Part): string[] {
  const problems: string[] = [];
  once(problems, event, ['UID', 'DTSTAMP', 'DTSTART']);
  atMostOnce(problems, event, SINGLE);
  check(problems, !(lineOf(event, 'DTEND') && lineOf(event, 'DURATION')), 'both an end and a duration');
  for (const name of ['DTSTAMP', 'CREATED', 'LAST-MODIFIED']) {
    const value = valueOf(event, name);
    check(problems, value === null || UTC.test(value), `${name} is not in UTC`);
  }
  check(problems, /^\d+$/.test(valueOf(event, 'SEQUENCE') ?? '0'), 'SEQUENCE is no number');
  for (const { name, value } of event.lines.filter((line) => TEXTS.includes(line.name))) {
    check(problems, !/(^|[^\\])(\\\\)*[;,]/.test(value), `${name} has an unescaped comma or semicolon`);
    check(problems, /^(?:[^\\]|\\[\\;,nN])*$/.test(value), `${name} has a stray backslash`);
  }
  for (const line of event.lines.filter(({ name }) => TIMES.includes(name))) {
    const zoned = line.parameters.has('TZID');
    const right = line.value.split(',').every((value) => (zoned ? LOCAL : UTC).test(value));
    check(problems, right, `${line.name} is neither in UTC nor in a zone: ${line.value}`);
  }
  const [start, end] = [lineOf(event, 'DTSTART'), lineOf(event, 'DTEND')];
  if (start && end && sameForm(start, end))
    check(problems, start.value < end.value, 'it ends before it starts');
  return problems;
}

function seriesProblems(events: readonly Part[]): string[] {
  const problems: string[] = [];
  const ids = events.map((event) => `${valueOf(event, 'UID')} ${valueOf(event, 'RECURRENCE-ID') ?? ''}`);
  check(problems, new Set(ids).size === ids.length, 'the same event stands twice');
  for (const event of events) {
    const main = events.find(
      (other) => valueOf(other, 'UID') === valueOf(event, 'UID') && !lineOf(other, 'RECURRENCE-ID'),
    );
    const start = main && lineOf(main, 'DTSTART');
    if (!start) continue;
    for (const line of event.lines.filter(({ name }) => name === 'RECURRENCE-ID' || name === 'EXDATE')) {
      check(problems, sameForm(line, start), `${line.name} has another form than DTSTART`);
    }
    const rule = valueOf(main, 'RRULE');
    check(problems, !lineOf(event, 'RECURRENCE-ID') || rule !== null, 'an exception of no series');
    const until = /UNTIL=([^;]+)/.exec(rule ?? '')?.[1];
    check(problems, until === undefined || UTC.test(until), 'UNTIL is not in UTC');
    check(
      problems,
      rule === null || /^FREQ=WEEKLY(;|$)/.test(rule),
      'the rule does not begin with its frequency',
    );
  }
  return problems;
}

function methodProblems(method: string | null, events: readonly Part[]): string[] {
  const problems: string[] = [];
  for (const event of events.filter(() => method !== null)) {
    once(problems, event, ['ORGANIZER']);
    const guests = event.lines.filter(({ name }) => name === 'ATTENDEE').length;
    check(problems, method === 'PUBLISH' ? guests === 0 : guests > 0, `${guests} attendees in a ${method}`);
    if (method !== 'PUBLISH') once(problems, event, ['SEQUENCE']);
  }
  if (method === 'REQUEST' || method === 'CANCEL') {
    const uids = new Set(events.map((event) => valueOf(event, 'UID')));
    check(problems, uids.size === 1, `a ${method} is about ${uids.size} events`);
  }
  return problems;
}

function zonesIn(event: Part): string[] {
  return event.lines.flatMap(({ parameters }) => parameters.get('TZID') ?? []);
}

function sameForm(a: Line, b: Line): boolean {
  return (
    a.parameters.get('TZID') === b.parameters.get('TZID') && a.value.endsWith('Z') === b.value.endsWith('Z')
  );
}

function lineOf(part: Part, name: string): Line | null {
  return part.lines.find((line) => line.name === name) ?? null;
}

function valueOf(part: Part, name: string): string | null {
  return lineOf(part, name)?.value ?? null;
}

function once(problems: string[], part: Part, names: readonly string[]): void {
  for (const name of names) {
    const count = part.lines.filter((line) => line.name === name).length;
    check(problems, count === 1, `${part.name} has ${count} times ${name}`);
  }
}

function atMostOnce(problems: string[], part: Part, names: readonly string[]): void {
  for (const name of names) {
    const count = part.lines.filter((line) => line.name === name).length;
    check(problems, count <= 1, `${part.name} has ${count} times ${name}`);
  }
}

function check(problems: string[], holds: boolean, otherwise: string): void {
  if (!holds) problems.push(otherwise);
}
