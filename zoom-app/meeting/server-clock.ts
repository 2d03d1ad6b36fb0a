/** One question to the server about its time. `sent` and `received` are on our steady clock; all milliseconds. */
export interface Probe {
  readonly sent: number;
  readonly received: number;
  readonly server: number;
}

/** What we know of the server's clock. Ours is only ever used to measure stretches, so it may be wrong. */
export interface ServerClock {
  readonly probes: readonly Probe[];
}

export const UNKNOWN_CLOCK: ServerClock = { probes: [] };

/** Enough for one that met no queue on its way. */
const KEPT = 8;

/** A computer that slept has a steady clock that stood still: what is older than this is not believed. */
const BELIEVED_MS = 180_000;

/** @returns the clock that also knows this probe; old ones are forgotten */
export function withProbe({ probes }: ServerClock, probe: Probe): ServerClock {
  const young = probes.filter(({ received }) => probe.received - received < BELIEVED_MS);
  return { probes: [...young, probe].slice(-KEPT) };
}

/** Server time minus ours, by the probe that was fastest there and back; null before the first. */
export function offsetOf({ probes }: ServerClock): number | null {
  if (probes.length === 0) return null;
  const { sent, received, server } = probes.reduce((best, probe) =>
    trip(probe) < trip(best) ? probe : best,
  );
  return server - (sent + received) / 2;
}

function trip({ sent, received }: Probe): number {
  return received - sent;
}
