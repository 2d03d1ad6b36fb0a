interface Kind {
  readonly status: number;
  readonly title: string;
  /** The sentence where nothing closer to the case is known, and what GET /problems/{kind} explains. */
  readonly says: string;
}

/** Every kind of problem. Its name is the last part of its `type` and never changes. */
export const PROBLEMS = {
  'bad-input': kind(400, 'Bad input', 'Something in the request cannot be used; `errors` names each field.'),
  'not-signed-in': kind(
    401,
    'Not signed in',
    'Send a token: `Authorization: Bearer …`. It is missing, unknown or has run out.',
  ),
  'not-allowed': kind(403, 'Not allowed', 'Your roles do not allow this.'),
  'unknown-page': kind(404, 'Unknown page', 'There is nothing at this address.'),
  'unknown-person': kind(404, 'Unknown person', 'There is no such person that you may see.'),
  'unknown-leave': kind(404, 'Unknown leave', 'This person has no such leave.'),
  'unknown-pair': kind(404, 'Unknown pair', 'There is no such pair that you may see.'),
  'unknown-series': kind(404, 'Unknown series', 'There is no such series that you may see.'),
  'unknown-occurrence': kind(404, 'Unknown occurrence', 'There is no such occurrence that you may see.'),
  'unknown-recovery': kind(404, 'Unknown recovery', 'There is no such recovery that you may see.'),
  'unknown-account': kind(
    404,
    'Unknown calendar account',
    'There is no such calendar account that you may see.',
  ),
  'unknown-provider': kind(
    404,
    'Unknown calendar provider',
    'There is no such calendar provider at which one could sign in.',
  ),
  'unknown-session': kind(404, 'Unknown session', 'There is no such session that you may see.'),
  'unknown-clip': kind(
    404,
    'Unknown clip',
    'There is no such clip, or its address has run out. Read the session again for a new one.',
  ),
  'unknown-link': kind(
    401,
    'Link no longer valid',
    'This link has run out or is not whole. Open the meeting from your page.',
  ),
  'not-recognised': kind(
    401,
    'Not recognised',
    'The meeting client did not say who you are in a way that can be trusted. Close the app and open it again.',
  ),
  'no-delete': kind(
    405,
    'There is no delete',
    'There is no delete: an owed meeting is moved or ends with a reason. Say "cannot make it" on the occurrence, or end the pair.',
  ),
  'wrong-method': kind(
    405,
    'Wrong method',
    'This address does not answer this method; `Allow` names those it does.',
  ),
  conflict: kind(409, 'Conflict', 'What you ask for does not go with how things stand now. Read them again.'),
  'session-moved-on': kind(
    409,
    'The session has moved on',
    'Somebody was quicker. `current` is the session as it is now; look whether it still makes sense.',
  ),
  'email-taken': kind(409, 'Address taken', 'Another person of this organisation has this e-mail address.'),
  'last-admin': kind(
    409,
    'Last admin',
    'Nobody else could look after the organisation. Make somebody else an admin first.',
  ),
  'still-paired': kind(
    409,
    'Still paired',
    'This person still meets somebody in that role. End those pairs first, with the reason.',
  ),
  'pair-exists': kind(409, 'Pair exists', 'These two people meet already.'),
  'pair-ended': kind(409, 'Pair ended', 'This pair has ended; its history stays as it is.'),
  'still-running': kind(
    409,
    'Still running',
    'A request with this idempotency key is still running. Ask again in a moment.',
  ),
  'calendar-connected': kind(
    409,
    'Calendar connected',
    'You connected this calendar already. If it needs another password, give it to that account.',
  ),
  'answer-lost': kind(
    409,
    'Answer lost',
    'This request was carried out, but its answer was lost on the way. Read how things stand; nothing is done twice.',
  ),
  'too-large': kind(413, 'Too large', 'The request is larger than one mebibyte.'),
  'wrong-media-type': kind(415, 'Wrong media type', 'Send JSON, with `Content-Type: application/json`.'),
  'series-exists': kind(
    409,
    'Series exists',
    'This pair has a living series already; it can be moved, not doubled.',
  ),
  'not-possible': kind(
    422,
    'Not possible',
    'What was asked for can be read but not done; `errors` names the field.',
  ),
  'not-a-recording': kind(
    422,
    'Not a recording',
    'The file is none of WAV, MP3, MP4 and WebM, or it is damaged.',
  ),
  'key-reused': kind(
    422,
    'Idempotency key reused',
    'This idempotency key belongs to another request. Use a new one.',
  ),
  'cannot-connect': kind(422, 'Cannot connect', 'The calendar cannot be connected with what was given.'),
  'too-many-requests': kind(429, 'Too many requests', 'Ask again later; `Retry-After` says when.'),
  broken: kind(
    500,
    'Something broke',
    'Something broke on our side. Look at what there is before you ask again; under an `Idempotency-Key` nothing is done twice.',
  ),
  'zoom-is-off': kind(
    503,
    'Zoom is not connected',
    'ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET are not set. The same page works in any browser.',
  ),
  'not-ready': kind(503, 'Not ready', 'The service is starting, or something it needs is away.'),
} as const;

export type ProblemKind = keyof typeof PROBLEMS;

function kind(status: number, title: string, says: string): Kind {
  return { status, title, says };
}
