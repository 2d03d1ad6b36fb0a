/** Who may call, and where; what Zoom's reference says of each call that the app's listing declares. */
export interface Rule {
  /** Only in a meeting. */
  readonly inMeeting?: true;
  /** Only the meeting's host or co-host. */
  readonly hosts?: true;
  /** Not for somebody who has not signed in to Zoom. */
  readonly members?: true;
  /** Largest JSON of the payload in bytes, and the error beyond it. */
  readonly limit?: { readonly bytes: number; readonly code: string };
}

export type Role = 'host' | 'coHost' | 'attendee';

/** Calls that the simulated client knows. Any other name is refused, as by a client that never heard of it. */
export const CALLS: Readonly<Record<string, Rule>> = {
  config: {},
  getSupportedJsApis: {},
  getRunningContext: {},
  getUserContext: {},
  getAppContext: {},
  getMeetingUUID: { inMeeting: true },
  getMeetingContext: { inMeeting: true, hosts: true, members: true },
  getMeetingParticipants: { inMeeting: true, hosts: true, members: true },
  getRecordingContext: { inMeeting: true, hosts: true, members: true },
  cloudRecording: { inMeeting: true, hosts: true, members: true },
  sendAppInvitation: { inMeeting: true, hosts: true, members: true },
  authorize: { members: true },
  promptAuthorize: {},
  connect: { members: true },
  postMessage: { members: true, limit: { bytes: 512 * 1024, code: '10038' } },
  sendMessage: { inMeeting: true, limit: { bytes: 1024, code: '10229' } },
  showNotification: {},
  openUrl: {},
  setDynamicIndicator: { inMeeting: true },
  getDynamicIndicator: { inMeeting: true },
  removeDynamicIndicator: { inMeeting: true },
};

/** Events that reach nobody but those who declared them, and some of these only hosts. */
export const EVENTS: Readonly<Record<string, Rule>> = {
  onAuthorized: {},
  onConnect: {},
  onMessage: {},
  onMeeting: {},
  onParticipantChange: { hosts: true },
  onActiveSpeakerChange: { hosts: true },
  onMyUserContextChange: {},
  onRunningContextChange: {},
  onAppVisibilityChange: {},
};

/** Without each of these on a 200 text/html answer the client shows an empty panel. */
export const DEMANDED_HEADERS = [
  'strict-transport-security',
  'x-content-type-options',
  'content-security-policy',
  'referrer-policy',
] as const;

/** An answer of the client that is an error. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** @throws Refusal where this person, here, may not make this call */
export function allow(
  rule: Rule,
  caller: { readonly role: Role; readonly guest: boolean; readonly inMeeting: boolean },
  payload: unknown,
): void {
  if (rule.inMeeting && !caller.inMeeting) throw new Refusal('10047', 'Only in a meeting');
  if (rule.hosts && caller.role === 'attendee') throw new Refusal('10020', 'Only the host or a co-host');
  if (rule.members && caller.guest) throw new Refusal('80004', 'Not for guests');
  if (rule.limit && Buffer.byteLength(JSON.stringify(payload ?? null)) > rule.limit.bytes) {
    throw new Refusal(rule.limit.code, 'The payload is too large');
  }
}
