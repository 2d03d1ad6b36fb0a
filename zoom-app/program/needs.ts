import type { Me } from '../../src/people/people.api.ts';
import type { SeriesView } from '../../src/desk/series.api.ts';
import { addresses } from './addresses.ts';
import { periodOf } from './period.ts';
import type { Model } from './model.ts';
import { valueOf } from './reading.ts';
import type { Address } from './reading.ts';
import { LATER_PAGES } from './routes.ts';
import type { LaterPage, Route } from './routes.ts';

/** The page that is shown: at home, those who meet nobody find the audit. */
export function shownRoute(route: Route, me: Me | null): Route {
  if (route.page !== 'home' || !me) return route;
  const { roles } = me.person;
  if (roles.includes('manager') || roles.includes('rep')) return route;
  return { page: 'audit', from: null, until: null };
}

/** The living series in which the reader is one of the two. */
export function ownSeries(model: Model): readonly SeriesView[] {
  const me = valueOf(model.readings, addresses.me)?.person.id;
  const all = valueOf(model.readings, addresses.seriesList)?.items ?? [];
  return all.filter(({ manager, rep, endedAt }) => endedAt === null && (manager.id === me || rep.id === me));
}

/** The page whose program has to be there; null where the desk's own is enough. */
export function needsProgram({ token, route, readings }: Model): LaterPage | null {
  if (token === null) return null;
  const { page } = shownRoute(route, valueOf(readings, addresses.me));
  return LATER_PAGES.find((later) => later === page) ?? null;
}

/** Everything the shown page has to know; what is missing gets read. */
export function needs(model: Model): readonly Address<unknown>[] {
  if (model.token === null) return [];
  const me = valueOf(model.readings, addresses.me);
  if (!me) return [addresses.me];
  return [addresses.me, ...needsOf(shownRoute(model.route, me), model)];
}

function needsOf(route: Route, model: Model): readonly Address<unknown>[] {
  switch (route.page) {
    case 'home':
    case 'series':
      return deskNeeds(route, model);
    case 'audit': {
      const { from, until } = periodOf(route, model.now);
      return [addresses.grid(from, until), addresses.verification];
    }
    case 'calendar':
      return [addresses.accounts, addresses.providers, addresses.people, addresses.feed];
    case 'people':
      return [addresses.people, addresses.pairs, addresses.seriesList, addresses.organisation];
    case 'lost':
      return [];
  }
}

function deskNeeds(route: Route, model: Model): readonly Address<unknown>[] {
  const own = ownSeries(model).map(({ id }) => id);
  const shown = route.page === 'series' ? [route.series] : [];
  const read = [...shown, ...(model.atHome === null ? [] : [model.atHome])].filter((id) => own.includes(id));
  return [
    addresses.seriesList,
    addresses.people,
    addresses.pairs,
    addresses.accounts,
    addresses.organisation,
    ...[...new Set([...own, ...shown])].map(addresses.occurrences),
    ...(shown.length > 0 ? shown : read).map(addresses.ledger),
    ...read.flatMap((series) => withWords(model, series)),
  ];
}

/** Who cannot make it may have said why; only the pair is asked to read that, and only while it matters. */
function withWords(model: Model, series: string): readonly Address<unknown>[] {
  const items = valueOf(model.readings, addresses.occurrences(series))?.items ?? [];
  return items
    .filter(({ cancelActs, closesAt }) => cancelActs.length > 0 && Date.parse(closesAt) > model.now)
    .map(({ key }) => addresses.occurrence(series, key));
}
