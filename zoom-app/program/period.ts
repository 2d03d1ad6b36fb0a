const DAY_MS = 86_400_000;

/** Whole days, both included: `2026-10-05`. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

/** Where the address names no period: what was, and the next weeks with what is moved or owed already. */
const WEEKS_BACK = 8;
const WEEKS_AHEAD = 2;

export function periodOf(
  asked: { readonly from: string | null; readonly until: string | null },
  now: number,
): Period {
  const monday = mondayOf(now);
  return {
    from: asked.from ?? isoDay(monday - WEEKS_BACK * 7 * DAY_MS),
    until: asked.until ?? isoDay(monday + (WEEKS_AHEAD * 7 + 6) * DAY_MS),
  };
}

/** The same length of time, that many periods later (negative: earlier). */
export function shifted({ from, until }: Period, periods: number): Period {
  const length = Date.parse(until) - Date.parse(from) + DAY_MS;
  return {
    from: isoDay(Date.parse(from) + periods * length),
    until: isoDay(Date.parse(until) + periods * length),
  };
}

function mondayOf(now: number): number {
  const day = Math.floor(now / DAY_MS);
  return (day - ((day + 3) % 7)) * DAY_MS;
}

function isoDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
