import { texts } from '../look/texts.ts';
import { addresses } from './addresses.ts';
import type { Model } from './model.ts';
import { shownRoute } from './needs.ts';
import { valueOf } from './reading.ts';

/** What the browser's tab says. */
export function titleOf(model: Model): string {
  const me = valueOf(model.readings, addresses.me);
  if (!me) return texts.name;
  const route = shownRoute(model.route, me);
  return `${titles(route.page)} · ${texts.name}`;
}

function titles(page: Model['route']['page']): string {
  if (page === 'home' || page === 'series') return texts.desk.title;
  return texts[page].title;
}
