import { parentPort } from 'node:worker_threads';
import { busyIn, cautiouslyBusyIn, ruleStarts } from './expand.ts';
import type { BusyQuestion } from './expand.ts';

/** One resource to expand; each is answered before the next is begun. */
export interface Expansion {
  readonly what: keyof typeof work;
  readonly ics: string;
  readonly question: BusyQuestion;
}

export type Expanded = { readonly minutes: number[] } | { readonly failed: string };

const work = { busy: busyIn, cautious: cautiouslyBusyIn, starts: ruleStarts };

parentPort?.on('message', ({ what, ics, question }: Expansion) => {
  parentPort!.postMessage(answer(what, ics, question));
});
parentPort?.postMessage('ready');

function answer(what: Expansion['what'], ics: string, question: BusyQuestion): Expanded {
  try {
    return { minutes: work[what](ics, question) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
