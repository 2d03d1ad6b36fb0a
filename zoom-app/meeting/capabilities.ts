/** What the panel asks Zoom for, why, and what takes its place where Zoom has it not. */
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
  need('getAppContext', 'says who opened the panel and in which meeting', 'the link in the invitation'),
  want('authorize', 'lets somebody connect Zoom with their Perennial account', 'the link in the invitation'),
  want('onAuthorized', 'brings the answer to that', 'the link in the invitation'),
  want('setDynamicIndicator', 'shows the countdown on the tile', 'the timer in the panel'),
  want('removeDynamicIndicator', 'takes it away again', 'the timer in the panel'),
  want('sendMessage', 'nudges the other panel to look', 'the stream'),
  want('onMessage', 'hears such a nudge', 'the stream'),
  want('showNotification', 'asks for the commitment when the panel is behind', 'the prompt in the panel'),
  want('onMyUserContextChange', 'tells that the role has changed', 'the next look'),
  want('onRunningContextChange', 'tells that the panel went to another window', 'the next look'),
  want('onAppVisibilityChange', 'tells that the panel is seen again', 'the browser’s own event'),
  want('onMeeting', 'tells that the meeting has ended', 'the session’s own end'),
] as const satisfies readonly Capability[];

export type CapabilityName = (typeof CAPABILITIES)[number]['name'];

function need<Name extends string>(name: Name, purpose: string, instead: string) {
  return { name, purpose, required: true, instead };
}

function want<Name extends string>(name: Name, purpose: string, instead: string) {
  return { name, purpose, required: false, instead };
}
