/** What the panel asks Zoom for, what for, and what takes its place where Zoom has it not. */
export interface Capability {
  readonly name: string;
  readonly purpose: string;
  /** Without it Zoom cannot tell who is there, and the panel asks for a link instead. */
  readonly required: boolean;
  /** How the panel does without. */
  readonly instead: string;
}

/**
 * The whole list, always sent whole: a shorter one would stop events without a word. Nothing here needs the host's
 * rights, because the rep is an ordinary attendee.
 */
export const CAPABILITIES = [
  need('getAppContext', 'knowing who opened the panel and in which meeting', 'the personal link on the desk'),
  want('authorize', 'connecting Zoom with a Perennial account', 'the personal link on the desk'),
  want('onAuthorized', 'hearing that the two are connected', 'the personal link on the desk'),
  want('setDynamicIndicator', 'the countdown on the tile', 'the timer in the panel'),
  want('removeDynamicIndicator', 'taking that countdown away', 'the timer in the panel'),
  want('sendMessage', 'a nudge to the other panel', 'the stream, which brings the same'),
  want('onMessage', 'hearing such a nudge', 'the stream, which brings the same'),
  want('showNotification', 'asking for the commitment while the panel is behind', 'the prompt in the panel'),
  want('openUrl', 'opening the desk when the meeting is over', 'words that say where the desk is'),
  want('onMyUserContextChange', 'noticing a new role', 'the next look'),
  want('onRunningContextChange', 'noticing that the panel went to another window', 'the next look'),
  want('onAppVisibilityChange', 'noticing that the panel is seen again', 'the browser’s own word'),
  want('onMeeting', 'noticing that the meeting has ended', 'the session’s own end'),
] as const satisfies readonly Capability[];

export type CapabilityName = (typeof CAPABILITIES)[number]['name'];

function need<Name extends string>(name: Name, purpose: string, instead: string) {
  return { name, purpose, required: true, instead };
}

function want<Name extends string>(name: Name, purpose: string, instead: string) {
  return { name, purpose, required: false, instead };
}
