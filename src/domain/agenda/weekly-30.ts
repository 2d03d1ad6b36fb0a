import type { Format } from './format.ts';

/** F016, F038 to F043: the close happens inside the last block. */
export const WEEKLY_30: Format = {
  name: 'weekly_30',
  minutes: 30,
  blocks: [
    {
      kind: 'open',
      name: 'Open',
      seconds: 60,
      prompts: ['One thing that went well this week, said plainly.'],
    },
    {
      kind: 'inspect',
      name: 'Last commitment',
      seconds: 120,
      prompts: ['Did you try it on a real call?', 'What did you notice?'],
    },
    {
      kind: 'deals',
      name: 'Deals',
      seconds: 600,
      prompts: [
        'The stuck deal first: what has to be true for it to move?',
        'Then the exciting one: what is the smallest ask this week?',
        'Leave each with one next step.',
      ],
    },
    {
      kind: 'coaching',
      name: 'Coaching',
      seconds: 900,
      prompts: [
        'Play the clip. What do you hear?',
        'What would you do differently? What would you keep?',
        'Show it, try it, then write one commitment.',
      ],
    },
    {
      kind: 'career',
      name: 'Career and close',
      seconds: 300,
      prompts: ['Where did you feel sharpest lately?', 'Read the commitment together; both confirm it.'],
    },
  ],
  prep: {
    rep: 'your stuck deal, your most exciting deal, one call moment or email to look at, and how last week’s commitment went.',
    manager:
      'the last facts on both deals, a 30-second clip for the skill in focus, and one specific positive.',
  },
};
