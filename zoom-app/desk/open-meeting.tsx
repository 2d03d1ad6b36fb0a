import type { OpenedSession } from '../../src/live/live.api.ts';
import { texts } from '../look/texts.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { formOf } from '../program/model.ts';
import type { SeriesProps } from './series-props.ts';
import { formName, post } from './target.ts';
import type { Target } from './target.ts';
import type { Week } from './timeline.ts';

/** A week that is over has nothing to go into. */
const OPEN: readonly string[] = ['scheduled', 'moved'];

/** The way from the desk into the meeting, for whoever cannot or would not open it in Zoom. */
export function OpenMeeting({ model, send, week }: SeriesProps & { week: Week }) {
  const target: Target = { occurrence: week.occurrence, kind: 'occurrence' };
  const form = formName(target, 'meeting');
  const { phase, failure, answer } = formOf(model, form);
  const opened = answer as OpenedSession | null;
  if (!OPEN.includes(week.occurrence.state)) return null;
  if (opened) {
    return (
      <a class="button button-first" href={opened.link}>
        {texts.acts.goIn}
      </a>
    );
  }
  return (
    <>
      <FailureNote failure={failure} />
      <Button
        busy={phase === 'sending'}
        press={() => send({ kind: 'Submitted', form, request: post(target, 'session') })}
      >
        {texts.acts.openMeeting}
      </Button>
    </>
  );
}
