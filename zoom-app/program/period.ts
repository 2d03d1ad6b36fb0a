const DAY_MS = 86_400_000;

/** Whole days, both included: `2026-10-05`. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

/** Eight weeks back and this one, where the address names no period. */
const WEEKS_BACK = 8;

export function periodOf(
  asked: { readonly from: string | null; readonly until: string | null },
  now: number,
): Period {
  const monday = mondayOf(now);
  return {
    from: asked.from ?? isoDay(monday - WEEKS_BACK * 7 * DAY_MS),
    until: asked.until ?? isoDay(monday + 6 * DAY_MS),
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
