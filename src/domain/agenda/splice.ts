import type { SeenAgenda } from '../observation.ts';

/**
 * The agenda stands between two marker lines inside a description that people own. Everything outside the markers
 * stays as it is, byte for byte; the inside is compared by meaning, because calendars rewrap and strip (F024).
 */
const OPENS = '~~ Perennial agenda: kept up to date for you. Write above or below. ~~';
const CLOSES = '~~ end of the Perennial agenda ~~';

/** For calendars that rewrap text so freely that the markers have to be looked for word by word. */
export const MARKERS = { opens: OPENS, closes: CLOSES };

/** Puts a block into a description: in the old block's place, or after people's own words. */
export function splice(description: string, inside: string, newline: '\n' | '<br>' = '\n'): string {
  const block = `${OPENS}${newline}${inside}${newline}${CLOSES}`;
  const found = find(description);
  if (found) return description.slice(0, found.from) + block + description.slice(found.until);
  return description === '' ? block : `${description}${newline}${newline}${block}`;
}

/** What stands between the markers, reduced to its meaning. */
export function readAgenda(description: string): SeenAgenda {
  const found = find(description);
  if (!found) return { kind: 'lost' };
  return { kind: 'present', meaning: meaningOf(found.inside) };
}

/** Text reduced to what a reader takes from it: no markup, no line ends, no typographic variants. */
export function meaningOf(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name] ?? ' ')
    .replace(/[‘’]/g, "'")
    .replace(/[-•*]\s/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

function find(description: string): { from: number; until: number; inside: string } | null {
  const from = description.indexOf(OPENS);
  if (from < 0) return null;
  const closes = description.indexOf(CLOSES, from);
  if (closes < 0) return null;
  return {
    from,
    until: closes + CLOSES.length,
    inside: description.slice(from + OPENS.length, closes),
  };
}
