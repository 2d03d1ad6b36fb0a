import { DeskPage } from '../desk/desk-page.tsx';
import { texts } from '../look/texts.ts';
import { addresses } from '../program/addresses.ts';
import type { PageProps } from '../program/page-props.ts';
import { shownRoute } from '../program/needs.ts';
import { readingOf } from '../program/reading.ts';
import { SignInPage } from '../sign-in/sign-in-page.tsx';
import { Header } from './header.tsx';
import { LaterPage } from './later-page.tsx';
import { Skeleton } from './skeleton.tsx';

/** The frame of every page, and in it the one that the address asks for. */
export function Page({ model, send }: PageProps) {
  if (model.token === null) return <SignInPage model={model} send={send} />;
  const me = readingOf(model.readings, addresses.me);
  return (
    <>
      <a class="skip" href="#main">
        {texts.skip}
      </a>
      <Header model={model} send={send} me={me.value} />
      {model.unreached && (
        <p class="away" role="alert">
          {texts.reach.away}
        </p>
      )}
      <p class="unseen" role="status">
        {model.said}
      </p>
      <main id="main" tabIndex={-1}>
        {me.value ? <Inside model={model} send={send} /> : <Skeleton lines={6} />}
      </main>
    </>
  );
}

function Inside({ model, send }: PageProps) {
  const me = readingOf(model.readings, addresses.me).value;
  const route = shownRoute(model.route, me);
  switch (route.page) {
    case 'home':
    case 'series':
      return <DeskPage model={model} send={send} />;
    case 'audit':
    case 'calendar':
    case 'people':
      return <LaterPage page={route.page} model={model} send={send} />;
    case 'lost':
      return (
        <article class="narrow">
          <h1>{texts.lost.title}</h1>
          <a href="/">{texts.lost.home}</a>
        </article>
      );
  }
}
