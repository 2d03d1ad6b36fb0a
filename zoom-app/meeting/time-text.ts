/** Made when a time is first shown: a slow computer takes as long for it as for all else that opens the panel. */
let format: Intl.DateTimeFormat | undefined;

/** On the reader's own clock: `11:00`. */
export function timeText(instant: string | number): string {
  format ??= new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
  return format.format(new Date(instant));
}
