import type { ProblemView } from '../../src/platform/problems/problem.api.ts';

/** An address of the API and what its answer looks like. */
export interface Address<Answer> {
  readonly path: string;
  /** Follows `next` to the end and gives all items as one list. */
  readonly whole?: boolean;
  /** Never there: it only carries the type. */
  readonly answers?: Answer;
}

/** Why an answer did not come: the API's own words, or nobody answered. */
export type Failure =
  { readonly kind: 'refused'; readonly problem: ProblemView } | { readonly kind: 'unreached' };

/** What is known of one address. A value stays while it is read again, and while nobody answers. */
export interface Reading<Value> {
  readonly value: Value | null;
  readonly failure: Failure | null;
  /** When it was last answered or failed, in milliseconds since 1970; 0 before. */
  readonly at: number;
  /** Asked for and not answered yet. */
  readonly asked: boolean;
}

export type Readings = Readonly<Record<string, Reading<unknown>>>;

const NOTHING: Reading<never> = { value: null, failure: null, at: 0, asked: false };

export function readingOf<Answer>(readings: Readings, address: Address<Answer>): Reading<Answer> {
  return (readings[address.path] as Reading<Answer> | undefined) ?? NOTHING;
}

export function valueOf<Answer>(readings: Readings, address: Address<Answer>): Answer | null {
  return readingOf(readings, address).value;
}
