import type { Send } from './facts.ts';
import type { Model } from './model.ts';

/** What every view is a function of, and where it tells what happened. */
export interface PageProps {
  readonly model: Model;
  readonly send: Send;
}
