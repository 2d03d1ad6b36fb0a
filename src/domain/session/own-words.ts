/** What one does in a session with words that nobody but the sender writes: no other revision can be in their way. */
export const OWN_WORDS = [
  'prepare',
  'notice',
  'add deal',
  'change deal',
  'answer',
  'answer career',
  'answer resilience',
  'mark career',
  'commit',
] as const;
