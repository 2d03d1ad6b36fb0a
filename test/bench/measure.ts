/** One line of a table: what was measured, how long one operation took, and what it is held against. */
export interface Row {
  readonly what: string;
  readonly microseconds?: number;
  /** In place of a time, where what counts is how often somebody else is asked. */
  readonly calls?: number;
  /** In place of both: a value with its unit. */
  readonly shown?: string;
  readonly note?: string;
}

export interface Goal {
  readonly says: string;
  readonly measured: string;
  readonly met: boolean;
}

export interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly goals: readonly Goal[];
}

/** Where a result ends up, so that no run can be optimised away. */
let sink = 0;

/**
 * The median microseconds per operation of each contender. They take turns, so a slow moment of the machine hits
 * them alike; a contender does `operations` operations each time it is called. The first turn only warms up.
 */
export function alternate<Name extends string>(
  contenders: Record<Name, { readonly operations: number; readonly run: () => number }>,
  rounds = 9,
): Record<Name, number> {
  const names = Object.keys(contenders) as Name[];
  const taken = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const { operations, run } = contenders[name];
      const begin = performance.now();
      sink += run();
      if (round > 0) taken.get(name)!.push(((performance.now() - begin) * 1000) / operations);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(taken.get(name)!)])) as Record<Name, number>;
}

/** At least `goal` times faster than the peer. */
export function fasterThan(peer: string, goal: number, ratio: number): Goal {
  return { says: `${goal} times faster than ${peer}`, measured: `${short(ratio)} times`, met: ratio >= goal };
}

/** At most `goal` times what cannot be avoided. */
export function nearFloor(goal: number, ratio: number): Goal {
  return { says: `at most ${goal} times the floor`, measured: `${short(ratio)} times`, met: ratio <= goal };
}

export function print({ title, rows, goals }: Table): void {
  console.log(`\n${title}`);
  for (const { what, microseconds = 0, calls, shown, note } of rows) {
    const timed = calls === undefined ? `${short(microseconds).padStart(10)} µs` : String(calls).padStart(10);
    const value = shown?.padStart(13) ?? timed;
    console.log(`  ${what.padEnd(48)} ${value}  ${note ?? ''}`.trimEnd());
  }
  for (const { says, measured, met } of goals) {
    console.log(`  ${met ? 'met   ' : 'MISSED'}  ${says}: ${measured}`);
  }
}

/** Numbers from 0 to 1 that are the same on every run (mulberry32). */
export function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function short(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
