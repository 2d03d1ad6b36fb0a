import { MARKERS, meaningOf, splice } from '../../domain/agenda/splice.ts';
import type { SeenAgenda } from '../../domain/observation.ts';

/**
 * The agenda inside a body that belongs to people: their words and a meeting platform's join details stay as they
 * are. Exchange wraps what it gets in a page of its own and Outlook breaks lines wherever it likes, so the block is
 * found by the words of its markers and compared by meaning.
 */
const BETWEEN = '(?:\\s|&nbsp;|&#160;|<[^>]*>)+';
const BLOCK = new RegExp(`${pattern(MARKERS.opens)}([^]*?)${pattern(MARKERS.closes)}`);

export function newBody(inside: string): string {
  return `<html><body>${splice('', inside, '<br>')}</body></html>`;
}

/** Puts the block in the old one's place, or after people's words. */
export function withAgenda(html: string, inside: string): string {
  const block = splice('', inside, '<br>');
  const found = BLOCK.exec(html);
  if (found) return html.slice(0, found.index) + block + html.slice(found.index + found[0].length);
  const end = html.search(/<\/body>/i);
  const at = end < 0 ? html.length : end;
  const gap = meaningIn(html) === '' ? '' : '<br><br>';
  return `${html.slice(0, at)}${gap}${block}${html.slice(at)}`;
}

export function agendaIn(html: string): SeenAgenda {
  const found = BLOCK.exec(html);
  return found ? { kind: 'present', meaning: meaningIn(found[1]!) } : { kind: 'lost' };
}

/** All of a body, reduced to what a reader takes from it. */
export function meaningIn(html: string): string {
  const body = /<body[^>]*>([^]*)<\/body>/i.exec(html)?.[1] ?? html;
  return meaningOf(
    body.replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, digits: string) => character(hex, digits)),
  );
}

// Outlook writes typographic characters as numbers; the five that HTML needs stay as they are.
function character(hex: string, digits: string): string {
  const code = Number.parseInt(digits, hex === '' ? 10 : 16);
  if (code === 39 || code === 160) return code === 39 ? "'" : ' ';
  return code > 160 && code <= 0x10ffff ? String.fromCodePoint(code) : `&#${hex}${digits};`;
}

function pattern(marker: string): string {
  return marker
    .split(' ')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join(BETWEEN);
}
