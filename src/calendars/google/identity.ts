import type { Minute } from '../../domain/minute.ts';
import type { SeriesRef } from '../calendar.ts';

/**
 * Event ids derive from our own ids and can be read back, so that a change, or the bare id that is left of a deleted
 * event, tells which series to look at, and a repeated insert meets what the first one left. An id is never free
 * again at Google: what stands alone has an attempt in it, a series its copy.
 */
export type Identity =
  | { readonly kind: 'series'; readonly series: string; readonly copy: number }
  | { readonly kind: 'separate'; readonly tag: string; readonly attempt: number }
  | StandIn;

/** The event that stands in for an occurrence which Google would not bring back. */
export interface StandIn {
  readonly kind: 'stand-in';
  readonly series: string;
  readonly copy: number;
  /** In the rule of the series event. */
  readonly start: Minute;
  readonly attempt: number;
}

const PREFIX = 'perennial';
/** RFC 4648 section 7: the letters that Google takes in an id. */
const DIGITS = '0123456789abcdefghijklmnopqrstuv';

export function eventId(identity: Identity): string {
  switch (identity.kind) {
    case 'series':
      return PREFIX + encode(`s/${identity.copy}/${identity.series}`);
    case 'separate':
      return PREFIX + encode(`e/${identity.attempt}/${identity.tag}`);
    case 'stand-in':
      return PREFIX + encode(`o/${identity.attempt}/${identity.start}/${identity.copy}/${identity.series}`);
    default: {
      const forgotten: never = identity;
      return forgotten;
    }
  }
}

export function seriesEventId({ series, copy }: SeriesRef): string {
  return eventId({ kind: 'series', series, copy });
}

/** Whose event an id names, an instance's or a split-off half's included; null for everybody else's. */
export function whose(id: string): Identity | null {
  const [own = ''] = id.split('_', 1);
  const [kind, ...rest] = own.startsWith(PREFIX) ? decode(own.slice(PREFIX.length)).split('/') : [];
  if (kind === 's') return { kind: 'series', copy: Number(rest[0]), series: rest.slice(1).join('/') };
  if (kind === 'e') return { kind: 'separate', attempt: Number(rest[0]), tag: rest.slice(1).join('/') };
  if (kind !== 'o') return null;
  const [attempt, start, copy] = rest.map(Number) as [number, number, number];
  return { kind: 'stand-in', attempt, start, copy, series: rest.slice(3).join('/') };
}

/** A tag begins with its series' id and a slash. */
export function seriesOf(identity: Identity): string {
  return identity.kind === 'separate' ? identity.tag.split('/')[0]! : identity.series;
}

function encode(text: string): string {
  let bits = 0;
  let held = 0;
  let encoded = '';
  for (const byte of new TextEncoder().encode(text)) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) encoded += DIGITS[(held >> (bits - 5)) & 31];
    held &= 255;
  }
  return bits > 0 ? encoded + DIGITS[(held << (5 - bits)) & 31] : encoded;
}

function decode(encoded: string): string {
  let bits = 0;
  let held = 0;
  const bytes: number[] = [];
  for (const digit of encoded) {
    held = ((held << 5) | DIGITS.indexOf(digit)) & 4095;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
