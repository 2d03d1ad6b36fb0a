import type { OpenedSession } from '../../src/live/live.api.ts';
import { texts } from '../look/texts.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { formOf } from '../program/model.ts';
import { readerOf } from './people-of.ts';
import { isOver } from './session-line.tsx';
import type { SeriesProps } from './series-props.ts';
import { formName, post } from './target.ts';
import type { Target } from './target.ts';
import type { Week } from './timeline.ts';

/** A week that is over has nothing to go into. */
const OPEN: readonly string[] = ['scheduled', 'moved'];

/** The way from the desk into the meeting, or back to what was kept of it: a tab of its own, so that the desk stays. */
export function OpenMeeting({ model, send, week, series }: SeriesProps & { week: Week }) {
  const target: Target = { occurrence: week.occurrence, kind: 'occurrence' };
  const form = formName(target, 'meeting');
  const { phase, failure, answer } = formOf(model, form);
  const opened = answer as OpenedSession | null;
  const { state, session } = week.occurrence;
  const over = session !== null && session.startedAt !== null && isOver(session);
  if (readerOf(model, series).side === null || !(over || OPEN.includes(state))) return null;
  if (opened) {
    // With its opener the new tab knows who is signed in, and its way back to the desk asks nobody again.
    return (
      <a class="button button-first" id={`${form}-state`} href={opened.link} target="_blank" rel="opener">
        {over ? texts.acts.goRead : texts.acts.goIn}
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
        {over ? texts.acts.readMeeting : texts.acts.openMeeting}
      </Button>
    </>
  );
}
