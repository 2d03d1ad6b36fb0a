const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** On the reader's own clock: `11:00`. */
export function timeText(instant: string | number): string {
  return TIME.format(new Date(instant));
}
