/** How a write fails: before anything happened, or with the answer lost after everything happened. */
export type Fault = 'before' | 'after commit';
