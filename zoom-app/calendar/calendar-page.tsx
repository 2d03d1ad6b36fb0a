import { texts } from '../look/texts.ts';
import type { PageProps } from '../program/page-props.ts';
import { Accounts } from './accounts.tsx';
import { Connect } from './connect.tsx';
import { Domains } from './domain.tsx';
import { Feed } from './feed.tsx';
import { Outcome } from './outcome.tsx';
import { Vendors } from './vendors.tsx';

/** Where one's meetings are kept, how to see them elsewhere, and how to bring one's own calendar. */
export function CalendarPage(props: PageProps) {
  return (
    <article class="narrow">
      <h1>{texts.calendar.title}</h1>
      <Outcome model={props.model} />
      <Accounts {...props} />
      <Vendors {...props} />
      <Connect {...props} />
      <Domains {...props} />
      <Feed {...props} />
    </article>
  );
}
