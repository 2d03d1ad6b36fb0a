/** Questions that need knowledge, not recital (F047). The first decides whether a deal is qualified (F048). */
const DEAL_QUESTIONS = [
  'What one thing has to become true for this deal to close?',
  'Who loses most if they buy, and what have they said about it in the last two weeks?',
  'If I called the person who signs, what would they say happens next?',
  'What is the smallest thing we can ask for this week that moves it?',
  'What would be the first sign that it is slipping?',
] as const;

/** Asked before anybody tells, in this order (F049). */
export const COACHING_QUESTIONS = [
  'What do you hear?',
  'What were you trying to do there?',
  'What one thing would you do differently?',
  'What one thing would you keep?',
  'How will you try it on a call this week?',
] as const;

/** One of these in each meeting (F051). The last is asked every fourth time, because it is skipped most (F052). */
export const CAREER_QUESTIONS = [
  'Where did you feel sharpest lately?',
  'What do you want to be known for in six months?',
  'If you were promoted tomorrow, what would you have to get right first?',
  'Apart from the number, what would be a step forward for you?',
  'What should I do less of, or more of, to help you?',
] as const;

/** Asked in words and answered in words; nothing is concluded from the answer (F119). */
const RESILIENCE_QUESTIONS = [
  'What cost you the most energy lately, and what gave you some back?',
  'Which setback still follows you, and what has already helped a little?',
  'What do you do after a hard call, before the next one?',
  'What would make the coming weeks easier to carry?',
] as const;

/** @param number how many sessions the series had before this one */
export function resilienceQuestion(number: number): string {
  return RESILIENCE_QUESTIONS[number % RESILIENCE_QUESTIONS.length]!;
}

/** @param number how many sessions the series had before this one */
export function careerQuestion(number: number): string {
  const others = CAREER_QUESTIONS.length - 1;
  if (number % 4 === 3) return CAREER_QUESTIONS[others]!;
  return CAREER_QUESTIONS[(number - Math.floor(number / 4)) % others]!;
}

/** The first question stays first; the others come round by the week. */
export function dealQuestions(number: number): readonly string[] {
  const [first, ...others] = DEAL_QUESTIONS;
  const turn = number % others.length;
  return [first, ...others.slice(turn), ...others.slice(0, turn)];
}
