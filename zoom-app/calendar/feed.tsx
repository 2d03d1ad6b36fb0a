import type { FeedMade } from '../../src/accounts/feed.api.ts';
import { texts } from '../look/texts.ts';
import { whenText } from '../look/times.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import type { PageProps } from '../program/page-props.ts';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import { valueOf } from '../program/reading.ts';

const FORM = 'feed';

/** The private address that other calendar apps subscribe to; shown once, when it is made. */
export function Feed({ model, send }: PageProps) {
  const since = valueOf(model.readings, addresses.feed)?.since ?? null;
  const { zone } = valueOf(model.readings, addresses.me)!.person;
  const { phase, failure, answer } = formOf(model, FORM);
  const made = answer as FeedMade | null;
  return (
    <section>
      <h2>{texts.calendar.feed}</h2>
      <p>{texts.calendar.feedWhat}</p>
      {made ? (
        <div class="field">
          <label for="feed-address">{texts.calendar.feedAddress}</label>
          <input
            id="feed-address"
            readOnly
            value={made.url}
            onFocus={(event) => event.currentTarget.select()}
          />
        </div>
      ) : (
        <p class="quiet">
          {since ? texts.calendar.feedSince(whenText(since, zone)) : texts.calendar.feedNone}
        </p>
      )}
      <FailureNote failure={failure} />
      <div class="buttons">
        <Button
          busy={phase === 'sending'}
          press={() =>
            send({
              kind: 'Submitted',
              form: FORM,
              request: { method: 'PUT', path: '/api/feed' },
              rereads: [addresses.feed],
            })
          }
        >
          {since ? texts.calendar.feedRenew : texts.calendar.feedMake}
        </Button>
        {since && <span class="hint">{texts.calendar.feedRenewNote}</span>}
      </div>
    </section>
  );
}
