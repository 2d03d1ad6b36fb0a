import type { SeriesRef } from '../calendar.ts';

/**
 * UIDs and resource names derive from our own ids alone and can be read back, so that a change or a removal tells
 * which series to look at without asking anything, and a repeated write meets what the first one left.
 */
export type Identity =
  | { readonly kind: 'series'; readonly series: string; readonly copy: number }
  | { readonly kind: 'separate'; readonly tag: string };

const SERIES = /^perennial-s-([A-Za-z0-9_-]+)-(\d+)$/;
const SEPARATE = /^perennial-e-([A-Za-z0-9_-]+)$/;

export function seriesUid(ref: SeriesRef): string {
  return `perennial-s-${encode(ref.series)}-${ref.copy}`;
}

export function separateUid(tag: string): string {
  return `perennial-e-${encode(tag)}`;
}

/** The resource's name inside its collection. */
export function nameOf(uid: string): string {
  return `${uid}.ics`;
}

/** Whose event a UID names; null for everybody else's. */
export function whose(uid: string): Identity | null {
  const series = SERIES.exec(uid);
  if (series) return { kind: 'series', series: decode(series[1]!), copy: Number(series[2]) };
  const separate = SEPARATE.exec(uid);
  return separate ? { kind: 'separate', tag: decode(separate[1]!) } : null;
}

/** The same, told by a resource's name: all that is left of a removed event. */
export function whoseName(name: string): Identity | null {
  return name.endsWith('.ics') ? whose(name.slice(0, -4)) : null;
}

/** A tag begins with its series' id and a slash. */
export function seriesOf(identity: Identity): string {
  return identity.kind === 'series' ? identity.series : identity.tag.split('/')[0]!;
}

// Servers disagree about percent signs, colons and at-signs in names; letters, digits, `-` and `_` are safe everywhere.
function encode(id: string): string {
  return [...new TextEncoder().encode(id)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[A-Za-z0-9-]/.test(char) ? char : `_${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}

function decode(encoded: string): string {
  const bytes = encoded.replace(/_([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
}
