import type { Request } from './request.ts';
import type { Address, Failure, Readings } from './reading.ts';
import type { LaterPage, Route } from './routes.ts';

/** Where a form stands. What was typed stays until it is saved. */
export type Phase = 'typing' | 'held' | 'sending' | 'watching' | 'saved';

export interface Form {
  readonly values: Readonly<Record<string, string>>;
  readonly phase: Phase;
  readonly open: boolean;
  readonly request: Request | null;
  readonly rereads: readonly Address<unknown>[];
  readonly shows: Shown | null;
  /** What was typed stays when it is saved. */
  readonly keeps: boolean;
  /** Its answer names the page to go on to, at another site. */
  readonly leaves: boolean;
  readonly watch: Watch | null;
  readonly failure: Failure | null;
  readonly answer: unknown;
  /** Counts submissions, so that a late timer of an earlier one finds out. */
  readonly turn: number;
}

/** What a submitted form does to the timeline before anybody answered. */
export type Shown =
  | { readonly kind: 'moved'; readonly series: string; readonly key: string; readonly start: string }
  | { readonly kind: 'excused'; readonly series: string; readonly key: string }
  | {
      readonly kind: 'gone';
      readonly series: string;
      readonly key: string;
      readonly which: 'this' | 'following' | 'all';
    };

/** A wait for what the loop does about an act in the calendar. */
export interface Watch {
  readonly series: string;
  /** The last ledger row known when the act was done. */
  readonly since: number;
  readonly tries: number;
  /** What the ledger told; null while nothing new is there. */
  readonly told: string | null;
}

export interface Model {
  readonly token: string | null;
  readonly route: Route;
  readonly now: number;
  /** Whose weeks the desk opened with; they stay when another meeting comes to be the next. */
  readonly atHome: string | null;
  readonly readings: Readings;
  readonly forms: Readonly<Record<string, Form>>;
  /** Nobody answers at the moment. */
  readonly unreached: boolean;
  /** Why the sign-in page is shown, where it was not asked for. */
  readonly signedOutBecause: string | null;
  /** The last thing that must be heard now. */
  readonly said: string;
  readonly cell: { readonly row: number; readonly column: number };
  readonly auditAs: 'grid' | 'table';
  /** Programs of pages that were asked for. */
  readonly programs: Readonly<Partial<Record<LaterPage, 'coming' | 'there' | 'missed'>>>;
}

export const EMPTY_FORM: Form = {
  values: {},
  phase: 'typing',
  open: false,
  request: null,
  rereads: [],
  shows: null,
  keeps: false,
  leaves: false,
  watch: null,
  failure: null,
  answer: null,
  turn: 0,
};

export function formOf(model: Pick<Model, 'forms'>, form: string): Form {
  return model.forms[form] ?? EMPTY_FORM;
}

export const FIRST: Model = {
  token: null,
  route: { page: 'home' },
  now: 0,
  atHome: null,
  readings: {},
  forms: {},
  unreached: false,
  signedOutBecause: null,
  said: '',
  cell: { row: 0, column: 0 },
  auditAs: 'grid',
  programs: {},
};
