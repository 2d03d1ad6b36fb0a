import type { Request } from './request.ts';
import type { Shown } from './model.ts';
import type { Address, Failure } from './reading.ts';
import type { LaterPage } from './routes.ts';

/** What happened: everything that can change what the page shows. Times are milliseconds since 1970. */
export type Fact =
  | { readonly kind: 'Opened'; readonly address: string; readonly token: string | null; readonly at: number }
  | { readonly kind: 'TokenGiven'; readonly token: string }
  | { readonly kind: 'SignedOut' }
  /** In another tab of this browser, by the person of this id. */
  | { readonly kind: 'SignedOutElsewhere'; readonly person: string }
  | { readonly kind: 'AddressChanged'; readonly address: string }
  | { readonly kind: 'LinkFollowed'; readonly path: string }
  | { readonly kind: 'TimePassed'; readonly at: number }
  | { readonly kind: 'PageLeft' }
  | {
      readonly kind: 'Answered';
      readonly address: Address<unknown>;
      readonly value: unknown;
      readonly at: number;
    }
  | { readonly kind: 'Failed'; readonly address: Address<unknown>; readonly failure: Failure }
  | {
      readonly kind: 'FormOpened';
      readonly form: string;
      readonly read?: Address<unknown>;
      readonly focus: string;
    }
  | { readonly kind: 'FormClosed'; readonly form: string; readonly focus: string }
  | { readonly kind: 'FieldChanged'; readonly form: string; readonly field: string; readonly value: string }
  | {
      readonly kind: 'Submitted';
      readonly form: string;
      readonly request: Request;
      /** Waits five seconds, in which it can be taken back. */
      readonly held?: boolean;
      readonly rereads?: readonly Address<unknown>[];
      /** What it does to the page at once. */
      readonly shows?: Shown;
      /** What was typed is needed again for the next step. */
      readonly keeps?: boolean;
      /** Its answer names the page to go on to, at another site. */
      readonly leaves?: boolean;
      /** The series whose ledger will tell what the loop makes of it. */
      readonly watch?: string;
    }
  | { readonly kind: 'HoldEnded'; readonly form: string; readonly turn: number }
  | { readonly kind: 'TakenBack'; readonly form: string }
  | { readonly kind: 'Saved'; readonly form: string; readonly answer: unknown }
  | { readonly kind: 'NotSaved'; readonly form: string; readonly failure: Failure }
  | { readonly kind: 'WatchWent'; readonly form: string; readonly turn: number }
  | { readonly kind: 'DownloadAsked'; readonly path: string; readonly name: string }
  | { readonly kind: 'ProgramCame'; readonly page: LaterPage }
  | { readonly kind: 'ProgramMissed'; readonly page: LaterPage }
  | { readonly kind: 'LoadAgainAsked' }
  | { readonly kind: 'CellEntered'; readonly row: number; readonly column: number }
  | { readonly kind: 'AuditShownAs'; readonly as: 'grid' | 'table' };

export type Send = (fact: Fact) => void;
