import type { Format } from './format.ts';

/** F119: the inspection happens inside the check-in, and the close is the action planning. Its plan fills the hour. */
export const DEEP_60: Format = {
  name: 'deep_60',
  minutes: 60,
  blocks: [
    {
      kind: 'open',
      name: 'Check-in',
      seconds: 300,
      prompts: [
        'One thing that went well since you last met, said plainly.',
        'The last commitment: was it tried on a real call, and what did you notice?',
      ],
    },
    {
      kind: 'deals',
      name: 'Performance',
      seconds: 600,
      prompts: [
        'The stuck deal first: what has to be true for it to move?',
        'Then the exciting one: what is the smallest ask this week?',
        'Leave each with one next step.',
      ],
    },
    {
      kind: 'coaching',
      name: 'Deep skill',
      seconds: 1200,
      prompts: [
        'Play the clip. What do you hear?',
        'What would you do differently? What would you keep?',
        'Show it, then try it until it sounds like you.',
      ],
    },
    {
      kind: 'resilience',
      name: 'Resilience',
      seconds: 900,
      prompts: ['What cost you the most energy lately, and what gave you some back?'],
    },
    {
      kind: 'actions',
      name: 'Action planning',
      seconds: 600,
      prompts: [
        'Which one thing will you try, on which call, and when?',
        'What could get in the way, and who can help?',
        'Read the commitment together; both confirm it.',
      ],
    },
  ],
  prep: {
    rep: 'your stuck deal, your most exciting deal, one call moment that you want to work on in depth, and how your last commitment went.',
    manager:
      'the last facts on both deals, a 30-second clip for the skill in focus, and one specific positive.',
  },
};
