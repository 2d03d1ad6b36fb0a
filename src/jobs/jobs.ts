/** Jobs say which, never what happened: the worker reads the facts itself. */
export type Job =
  | { readonly name: 'reconcile-series'; readonly seriesId: string }
  | { readonly name: 'poll-account'; readonly accountId: string }
  | { readonly name: 'send-mail'; readonly mailId: string };
