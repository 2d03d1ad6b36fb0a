import type { Fact } from './facts.ts';
import type { Address } from './reading.ts';
import type { Request } from './request.ts';
import type { LaterPage } from './routes.ts';

/** Something to be done in the world. The update only names it; network.ts and browser.ts do it. */
export type Effect =
  | { readonly do: 'read'; readonly address: Address<unknown> }
  | { readonly do: 'send'; readonly form: string; readonly request: Request }
  /** For what was held back when the page closes: nobody waits for the answer. */
  | { readonly do: 'send and leave'; readonly request: Request }
  | { readonly do: 'fetch program'; readonly page: LaterPage }
  /** The page as the service has it now. */
  | { readonly do: 'load again' }
  | { readonly do: 'download'; readonly path: string; readonly name: string }
  | { readonly do: 'wait'; readonly milliseconds: number; readonly then: Fact }
  | { readonly do: 'go'; readonly path: string }
  /** To another site, in the same window. */
  | { readonly do: 'leave'; readonly url: string }
  | { readonly do: 'keep token'; readonly token: string | null }
  /** The other tabs of this browser hear who signed out. */
  | { readonly do: 'tell tabs'; readonly person: string }
  | {
      readonly do: 'focus';
      readonly id: string;
      /** Only where what had the focus is gone, so that nobody is called away from elsewhere. */
      readonly ifLost?: boolean;
    };
