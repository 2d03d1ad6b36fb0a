import type { SignInRefusal } from '../../src/accounts/sign-ins.ts';

/** Where somebody is. Every address of the pages is one of these; what else is asked for is `lost`. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'series'; readonly series: string }
  | { readonly page: 'audit'; readonly from: string | null; readonly until: string | null }
  | { readonly page: 'calendar'; readonly outcome: SignInOutcome | null }
  | { readonly page: 'people' }
  | { readonly page: 'lost' };

/** Pages whose program is a file of its own, fetched when somebody goes there. */
export const LATER_PAGES = ['audit', 'calendar', 'people'] as const;
export type LaterPage = (typeof LATER_PAGES)[number];

/** What the calendar page is told when a sign-in at a vendor comes back to it. */
export interface SignInOutcome {
  readonly provider: 'google' | 'microsoft';
  /** Null where it is connected. */
  readonly refused: SignInRefusal | null;
}

/** @param address path and query, such as `/audit?from=2026-10-01&until=2026-11-20` */
export function routeOf(address: string): Route {
  const { pathname, searchParams } = new URL(address, 'http://here');
  const [first = '', second, ...rest] = pathname.split('/').slice(1);
  if (rest.length > 0) return { page: 'lost' };
  if (first === 'series' && second) return { page: 'series', series: second };
  if (second !== undefined && second !== '') return { page: 'lost' };
  if (first === '') return { page: 'home' };
  if (first === 'calendar') return { page: first, outcome: outcomeIn(searchParams) };
  if (first === 'people') return { page: first };
  if (first === 'audit') {
    return { page: 'audit', from: searchParams.get('from'), until: searchParams.get('until') };
  }
  return { page: 'lost' };
}

/** The token of a sign-in link's fragment (`#token=…`); null where there is none. */
export function tokenIn(hash: string): string | null {
  return /^#token=([\w-]+)$/.exec(hash)?.[1] ?? null;
}

const REFUSALS: readonly string[] = [
  'expired',
  'other-browser',
  'declined',
  'refused',
  'unreachable',
  'other-account',
  'switched-off',
] satisfies SignInRefusal[];

function outcomeIn(query: URLSearchParams): SignInOutcome | null {
  const provider = query.get('provider');
  const refused = query.get('refused');
  if (provider !== 'google' && provider !== 'microsoft') return null;
  if (refused === null) return query.has('connected') ? { provider, refused } : null;
  return { provider, refused: (REFUSALS.includes(refused) ? refused : 'refused') as SignInRefusal };
}
