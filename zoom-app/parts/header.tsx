import type { Me } from '../../src/people/people.api.ts';
import { texts } from '../look/texts.ts';
import type { Send } from '../program/facts.ts';
import type { Model } from '../program/model.ts';
import { shownRoute } from '../program/needs.ts';
import type { Route } from '../program/routes.ts';
import { Button } from './button.tsx';

/** The name, the pages that the reader's roles open, and who is signed in. */
export function Header({ model, send, me }: { model: Model; send: Send; me: Me | null }) {
  const { page } = shownRoute(model.route, me);
  return (
    <header class="header">
      <a class="wordmark" href="/">
        {texts.name}
      </a>
      {me && (
        <>
          <nav aria-label={texts.nav.label}>
            <ul>
              {linksFor(me).map(({ href, label, pages }) => (
                <li key={href}>
                  <a href={href} aria-current={pages.includes(page) ? 'page' : undefined}>
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <span class="reader">
            <span class="quiet">{me.person.name}</span>
            <Button weight="small" press={() => send({ kind: 'SignedOut' })}>
              {texts.nav.signOut}
            </Button>
          </span>
        </>
      )}
    </header>
  );
}

interface PageLink {
  readonly href: string;
  readonly label: string;
  readonly pages: readonly Route['page'][];
}

function linksFor({ person: { roles } }: Me): readonly PageLink[] {
  const meets = roles.includes('manager') || roles.includes('rep');
  const watches = roles.includes('admin') || roles.includes('auditor');
  return [
    ...(meets ? [{ href: '/', label: texts.nav.desk, pages: ['home', 'series'] as const }] : []),
    ...(watches ? [{ href: '/audit', label: texts.nav.audit, pages: ['audit'] as const }] : []),
    { href: '/calendar', label: texts.nav.calendar, pages: ['calendar'] as const },
    ...(roles.includes('admin')
      ? [{ href: '/people', label: texts.nav.people, pages: ['people'] as const }]
      : []),
  ];
}
