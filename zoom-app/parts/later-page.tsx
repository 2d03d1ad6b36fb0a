import type { ComponentType } from 'preact';
import { texts } from '../look/texts.ts';
import type { Send } from '../program/facts.ts';
import type { PageProps } from '../program/page-props.ts';
import type { LaterPage as Name } from '../program/routes.ts';
import { Button } from './button.tsx';
import { Skeleton } from './skeleton.tsx';

type View = ComponentType<PageProps>;

const PROGRAMS: Readonly<Record<Name, () => Promise<View>>> = {
  audit: async () => (await import('../audit/audit-page.tsx')).AuditPage,
  calendar: async () => (await import('../calendar/calendar-page.tsx')).CalendarPage,
  people: async () => (await import('../people/people-page.tsx')).PeoplePage,
};

/** What came. The model only knows that it did, so that it stays plain data. */
const views: Partial<Record<Name, View>> = {};

/** Brings the program of a page. What came of it is told as a fact. */
export async function fetchProgram(page: Name, send: Send): Promise<void> {
  try {
    views[page] = await PROGRAMS[page]();
    send({ kind: 'ProgramCame', page });
  } catch {
    send({ kind: 'ProgramMissed', page });
  }
}

/** A page whose program is a file of its own: on its way, here, or gone with the version that it belonged to. */
export function LaterPage({ page, model, send }: PageProps & { readonly page: Name }) {
  const View = views[page];
  const is = model.programs[page];
  if (is === 'missed') return <Missed send={send} />;
  if (is !== 'there' || !View) return <Skeleton lines={6} />;
  return <View model={model} send={send} />;
}

function Missed({ send }: Pick<PageProps, 'send'>) {
  return (
    <article class="narrow">
      <h1>{texts.missed.title}</h1>
      <p role="alert">{texts.missed.why}</p>
      <Button weight="first" press={() => send({ kind: 'LoadAgainAsked' })}>
        {texts.missed.again}
      </Button>
    </article>
  );
}
