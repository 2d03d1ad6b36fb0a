import { texts } from '../look/texts.ts';
import type { PageProps } from '../program/page-props.ts';

/** What came of a sign-in at a vendor, once its page sent the browser back. */
export function Outcome({ model }: Pick<PageProps, 'model'>) {
  const outcome = model.route.page === 'calendar' ? model.route.outcome : null;
  if (!outcome) return null;
  const provider = texts.calendar[outcome.provider];
  return outcome.refused === null ? (
    <p class="act-saved" role="status">
      {texts.vendor.connected(provider)}
    </p>
  ) : (
    <p class="failure" role="alert">
      {texts.vendor.refused[outcome.refused](provider)}
    </p>
  );
}
