import * as z from 'zod';
import { id, slot } from '../platform/values.api.ts';

/** Milliseconds since 1970-01-01T00:00Z on the server's clock. */
const at = z.int();

/** A stretch of time in milliseconds. */
const milliseconds = z.int().nonnegative();

const side = z.enum(['manager', 'rep']);

/** What somebody wrote; empty where nothing is written yet. */
const words = z.string();

/**
 * Who runs the clock. While it runs, the current block has lasted `spent + (server's now - since)`; in every other
 * state it has lasted `spent`. After `ended` both can still write and confirm, until `closesAt`.
 */
const timer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('waiting') }),
  z.object({ is: z.literal('running'), since: at }),
  z.object({ is: z.literal('paused'), since: at }),
  z.object({ is: z.literal('ended'), at }),
  z.object({ is: z.literal('closed'), at }),
]);

const SKIP_REASONS = ['no_time', 'done_before', 'nothing_to_say', 'other'] as const;

const block = z.object({
  kind: z.enum(['open', 'inspect', 'deals', 'coaching', 'career', 'resilience', 'actions']),
  name: z.string(),
  planned: z.int().describe('Seconds that the format gives it.'),
  seconds: z.int().describe('Seconds it has now, after others gave or took some.'),
  spent: milliseconds.describe('Without the stretch that is running.'),
  startedAt: at.nullable(),
  skipped: z.enum(SKIP_REASONS).nullable(),
  cues: z.array(z.int()).describe('Seconds into the block at which to say how far it is.'),
  prompts: z.array(z.string()).describe('Questions for this block, this week’s first; show two or three.'),
});

const deal = z.object({
  name: words,
  question: words,
  nextStep: words,
  /** Whether the first question could be answered in one sentence; `false` says: check the qualification. */
  inOneSentence: z.boolean().nullable(),
});

const COACHING_STEPS = ['hear', 'ask', 'demonstrate', 'role_play', 'commit'] as const;

const clip = z.object({
  id,
  /** Null for a transcript excerpt alone, and where the recording is gone. */
  media: z
    .object({
      type: z.string().describe('`audio/mpeg`'),
      url: z.string().describe('Signed; ask for the session again to renew it.'),
      urlUntil: at,
      bytes: z.int(),
    })
    .nullable(),
  gone: z.boolean().describe('The recording was removed, its time being over; the transcript stays.'),
  duration: milliseconds,
  transcript: z.array(
    z.object({ at: milliseconds.describe('Into the clip.'), speaker: z.string(), text: z.string() }),
  ),
  by: side,
});

/**
 * Where both sides hear the clip. While it plays, the position is `position + (server's now - at) * speed`; `at` may
 * lie a little ahead, so that both can start together.
 */
const playback = z.object({
  is: z.enum(['playing', 'paused']),
  position: milliseconds,
  at,
  speed: z.number(),
  loop: z.boolean(),
});

const commitment = z.object({
  text: words,
  /** Counts the edits; 0 while nothing is written. A confirmation names the one it means. */
  edit: z.int(),
  confirmed: z.object({ manager: z.boolean(), rep: z.boolean() }),
  /** Why it cannot be written now; null where it can. */
  locked: z.string().nullable(),
});

/** What was done last, and by whom, in words for a small line: "Mia added 2 min to Coaching, from Deals". */
const done = z.object({ by: side, at, sentence: z.string() });

const both = {
  session: id,
  /** Grows by one with each change; every command names the one it was made on. */
  revision: z.int(),
  /** The server's time when this was written. */
  now: at,
  people: z.object({ manager: z.object({ name: z.string() }), rep: z.object({ name: z.string() }) }),
  occurrence: z.object({ series: id, key: z.string(), slot }),
  arrived: z.object({ manager: at.nullable(), rep: at.nullable() }),
  timer,
  /** Index of the current block. */
  current: z.int(),
  nextLocked: z
    .string()
    .nullable()
    .describe('Why the meeting cannot go on to the next block yet; null where it can.'),
  blocks: z.array(block),
  overrun: milliseconds.describe('Time over plan in all blocks that are over.'),
  inspection: z.object({
    last: z.object({ text: words, on: z.string().describe('Key of its occurrence.') }).nullable(),
    tried: z.enum(['yes', 'no', 'partly']).nullable(),
    noticed: words,
  }),
  deals: z.object({
    looking: z.enum(['stuck', 'exciting']),
    stuck: deal.nullable(),
    exciting: deal.nullable(),
  }),
  coaching: z.object({
    step: z.enum(COACHING_STEPS),
    answer: words.describe('The rep’s, before anybody demonstrates.'),
  }),
  clip: clip.nullable(),
  playback: playback.nullable(),
  career: z.object({ question: z.string(), answer: words }),
  resilience: z
    .object({ question: z.string(), answer: words })
    .nullable()
    .describe(
      'The rep’s answer in their own words, for the two alone. Null where the format has no such block.',
    ),
  commitment,
  /** Ask for the commitment now: in the last block, and two minutes before the end. */
  askForCommitmentAt: at.nullable(),
  /** After the end: until then both can write and confirm. */
  closesAt: at.nullable(),
  outcome: z.enum(['complete', 'ack_missing', 'never_started']).nullable(),
  missing: z.array(z.enum(['inspection', 'artifact', 'commitment', 'manager_ack', 'rep_ack'])),
  undo: z.object({ sentence: z.string(), until: at }).nullable(),
  done: done.nullable(),
};

const managerView = z.object({
  ...both,
  you: z.literal('manager'),
  preparation: z.object({ positive: words, notes: words }),
  /** The manager's own mark on the career answer, never derived. */
  flat: z.boolean().nullable(),
  /** It ended within the slot although a step is missing: ask once which was skipped. */
  asksWhatWasSkipped: z.boolean(),
});

const repView = z.object({ ...both, you: z.literal('rep'), preparation: z.object({ notes: words }) });

/** The session as one side sees it. Neither side's preparation is ever in the other's. */
export const sessionView = z.discriminatedUnion('you', [managerView, repView]);
export type SessionView = z.output<typeof sessionView>;

const text = (most: number) => z.string().trim().max(most);

/** Everything that somebody can do in a session. What one side may not do answers 403, what comes too early 409. */
export const command = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('start') }),
  z.strictObject({ do: z.literal('pause') }),
  z.strictObject({ do: z.literal('resume') }),
  z.strictObject({ do: z.literal('next') }),
  z.strictObject({ do: z.literal('back') }),
  z.strictObject({ do: z.literal('extend'), seconds: z.int().min(30).max(600) }),
  z.strictObject({ do: z.literal('skip'), because: z.enum(SKIP_REASONS) }),
  z.strictObject({ do: z.literal('undo') }),
  /** The meeting is over: the client said so, or a person did. */
  z.strictObject({ do: z.literal('end') }),
  z.strictObject({ do: z.literal('prepare'), positive: text(500).optional(), notes: text(4000).optional() }),
  z.strictObject({ do: z.literal('inspect'), tried: z.enum(['yes', 'no', 'partly']) }),
  z.strictObject({ do: z.literal('notice'), text: text(2000) }),
  z.strictObject({
    do: z.literal('add deal'),
    kind: z.enum(['stuck', 'exciting']),
    name: text(200).min(1),
    question: text(1000).default(''),
  }),
  z.strictObject({
    do: z.literal('change deal'),
    kind: z.enum(['stuck', 'exciting']),
    name: text(200).min(1).optional(),
    question: text(1000).optional(),
    inOneSentence: z.boolean().optional(),
  }),
  z.strictObject({ do: z.literal('look at'), kind: z.enum(['stuck', 'exciting']) }),
  z.strictObject({ do: z.literal('next step'), kind: z.enum(['stuck', 'exciting']), text: text(500) }),
  z.strictObject({ do: z.literal('coach'), step: z.enum(COACHING_STEPS) }),
  z.strictObject({ do: z.literal('answer'), text: text(2000) }),
  z.strictObject({ do: z.literal('answer career'), text: text(2000) }),
  z.strictObject({ do: z.literal('answer resilience'), text: text(2000) }),
  z.strictObject({ do: z.literal('mark career'), flat: z.boolean().nullable() }),
  z.strictObject({
    do: z.literal('say what was skipped'),
    kind: z.enum(['open', 'inspect', 'close', 'none']),
  }),
  z.strictObject({ do: z.literal('commit'), text: text(500).min(1) }),
  z.strictObject({ do: z.literal('confirm'), edit: z.int().min(1) }),
  z.strictObject({ do: z.literal('play'), position: milliseconds.optional() }),
  z.strictObject({ do: z.literal('hold') }),
  z.strictObject({ do: z.literal('back up'), milliseconds: z.int().min(0).max(30_000).default(5000) }),
  z.strictObject({ do: z.literal('set speed'), speed: z.number().min(0.75).max(1.25) }),
  z.strictObject({ do: z.literal('set loop'), loop: z.boolean() }),
]);
export type Command = z.output<typeof command>;

/**
 * `POST /api/sessions/{session}/commands` with an `Idempotency-Key`.
 * `expected` may be left out only for words that nobody but the sender writes. Answers the session; a 409 of type
 * `/problems/session-moved-on` carries the current one as its member `current`.
 */
export const commandBody = z.strictObject({ expected: z.int().optional(), command });
export type CommandBody = z.input<typeof commandBody>;

/**
 * `GET /api/sessions/{session}/stream`: server-sent events over an ordinary fetch with `Authorization`.
 * `event: session`, `id: <revision>`, `data: <SessionView>`: first the current one, unless `Last-Event-ID` is it.
 * A comment line comes every 15 s. `GET /api/sessions/{session}?after=<revision>` is the same by polling: 204 where
 * nothing is newer.
 */
export const streamQuery = z.object({ after: z.coerce.number().int().optional() });

/** `GET /api/sessions/{session}/clock`: ask several times and keep the answer that came back fastest. */
export const clockView = z.object({ now: at });
export type ClockView = z.output<typeof clockView>;

/** `POST /api/series/{series}/occurrences/{key}/session`, by somebody of the pair who is signed in. */
export const openedSession = z.object({
  session: id,
  you: side,
  link: z.string().describe('Opens the session in a browser without signing in; for oneself only.'),
  linkUntil: at,
});
export type OpenedSession = z.output<typeof openedSession>;

/** `POST /sign-in/link`: the part after `#link=` of such an address. */
export const linkBody = z.strictObject({ link: z.string().max(2000) });

/** `POST /sign-in/zoom`: what `getAppContext()` gave, and which meeting where the answer asked for it. */
export const zoomBody = z.strictObject({
  context: z.string().max(65_536),
  occurrence: z.strictObject({ series: id, key: z.string().max(40) }).optional(),
});
export type ZoomBody = z.output<typeof zoomBody>;

/** `POST /sign-in/zoom/challenge`: what to hand to `authorize({ codeChallenge, state })`, PKCE `plain`. */
export const zoomChallenge = z.object({ codeChallenge: z.string(), state: z.string() });
export type ZoomChallenge = z.output<typeof zoomChallenge>;

/** `POST /sign-in/zoom/code`: what `onAuthorized` gave; links the person to their Zoom account for good. */
export const zoomCodeBody = z.strictObject({
  code: z.string().min(1).max(2000),
  state: z.string().min(1).max(2000),
  redirectUri: z.url().max(2000),
  context: z.string().max(65_536),
});
export type ZoomCodeBody = z.output<typeof zoomCodeBody>;

/**
 * Who came in. `token` goes into `Authorization: Bearer …` and opens this one session, until `until`.
 * `not linked`: Zoom vouches for somebody whom nobody here is linked to yet: authorize, or open the browser's link.
 */
export const entered = z.discriminatedUnion('is', [
  z.object({ is: z.literal('in'), session: id, you: side, token: z.string(), until: at, view: sessionView }),
  z.object({
    is: z.literal('choose'),
    meetings: z.array(z.object({ series: id, key: z.string(), with: z.string(), slot })),
  }),
  z.object({ is: z.literal('not linked') }),
  z.object({ is: z.literal('no meeting') }),
]);
export type Entered = z.output<typeof entered>;

/**
 * `PUT /api/sessions/{session}/clip?start=61500&end=91500` with the recording as the body: WAV, MP3, MP4 or WebM,
 * whatever its content type says. Only this slice is kept; milliseconds into the recording.
 */
export const clipQuery = z.object({
  start: z.coerce.number().int().nonnegative().default(0),
  end: z.coerce.number().int().positive().optional(),
});
export type ClipQuery = z.output<typeof clipQuery>;

/** `PUT /api/sessions/{session}/clip/transcript`: lines of the clip, or an excerpt that stands alone. */
export const transcriptBody = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        at: milliseconds,
        speaker: text(100),
        text: text(1000).min(1),
      }),
    )
    .min(1)
    .max(200),
});
export type TranscriptBody = z.output<typeof transcriptBody>;

/** `GET /media/{clip}?pass=…`: the signed address in the session's view, whole or in ranges. */
export const mediaQuery = z.object({ pass: z.string().max(2000) });
