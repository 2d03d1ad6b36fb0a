import { AsyncLocalStorage } from 'node:async_hooks';
import type { AnsweredRequest } from './idempotency.ts';
import type { Stores } from './stores.ts';

/** A request that carries an idempotency key, as far as its first transaction has to do with it. */
export interface Opening {
  /** Claims the key before anything else is done. It throws where the key is taken. */
  readonly claim: (stores: Stores) => Promise<void>;
  /** For an effect that knows its answer: what claims the key and keeps the answer at once. */
  readonly answered: (answer: unknown) => AnsweredRequest;
  /** A first transaction that fails takes the claim along, and the next one is the first. */
  state: 'due' | 'claimed' | 'answered';
}

/** Which request is being served, so that its claim and its effect stand together or not at all. */
export class Openings {
  readonly #served = new AsyncLocalStorage<Opening>();

  serve<T>(opening: Opening, work: () => Promise<T>): Promise<T> {
    return this.#served.run(opening, work);
  }

  /** The opening that nothing was done for yet. */
  due(): Opening | null {
    return this.#in('due');
  }

  /** The opening whose key is claimed, and which has no answer yet. */
  claimed(): Opening | null {
    return this.#in('claimed');
  }

  #in(state: Opening['state']): Opening | null {
    const opening = this.#served.getStore();
    return opening?.state === state ? opening : null;
  }
}
