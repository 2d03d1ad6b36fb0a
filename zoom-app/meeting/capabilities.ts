/**
 * What the panel asks Zoom for; beside each why, and what takes its place where Zoom has it not. Always sent whole: a
 * shorter list would stop events without a word. Nothing here needs the host's rights, because the rep is an ordinary
 * attendee. Only the first is required: without it Zoom cannot tell who is there.
 */
export const CAPABILITIES = [
  'getAppContext', // who opened the panel and in which meeting; else the link in the invitation
  'authorize', // connects somebody's Zoom with their Perennial account; else the link in the invitation
  'onAuthorized', // brings the answer to that
  'setDynamicIndicator', // the countdown on the tile; else the timer in the panel
  'removeDynamicIndicator', // takes it away again
  'sendMessage', // nudges the other panel to look; else the stream
  'onMessage', // hears such a nudge; else the stream
  'showNotification', // asks for the commitment when the panel is behind; else the prompt in the panel
  'openUrl', // the way to the desk when the meeting is over; else words that say where it is
  'onMyUserContextChange', // the role has changed; else the next look
  'onRunningContextChange', // the panel went to another window; else the next look
  'onAppVisibilityChange', // the panel is seen again; else the browser's own event
  'onMeeting', // the meeting has ended; else the session's own end
] as const;

export type CapabilityName = (typeof CAPABILITIES)[number];
