import { GONE_LOOK, lookOf } from '../look/states.ts';
import { State } from '../parts/shape.tsx';
import { Acts } from './acts.tsx';
import { CalendarPerson } from './calendar-person.tsx';
import { OpenMeeting } from './open-meeting.tsx';
import { readerOf } from './people-of.ts';
import { SessionLine } from './session-line.tsx';
import type { SeriesProps } from './series-props.ts';
import type { Week } from './timeline.ts';
import { Reasons, RecoveryLine, Slot, Words } from './week-facts.tsx';

/** One week of the timeline; where something can be done about it, it opens. */
export function WeekRow(props: SeriesProps & { week: Week }) {
  const { week, model, series } = props;
  const { occurrence, gone } = week;
  const reader = readerOf(model, series);
  const line = (
    <span class="week-line">
      <State
        look={gone ? GONE_LOOK : lookOf(occurrence.state, Date.parse(occurrence.slot.end) <= model.now)}
      />
      <span class="week-slot">
        <Slot occurrence={occurrence} reader={reader} />
      </span>
    </span>
  );
  const facts = (
    <>
      <Reasons occurrence={occurrence} reader={reader} />
      <SessionLine occurrence={occurrence} reader={reader} now={model.now} />
      <Words occurrence={occurrence} reader={reader} model={model} />
      {occurrence.recovery && <RecoveryLine recovery={occurrence.recovery} reader={reader} />}
      {occurrence.session?.startedAt && <OpenMeeting {...props} />}
    </>
  );
  if (!occurrence.canMove && !occurrence.canAttest) {
    return (
      <li class="week">
        {line}
        {facts}
      </li>
    );
  }
  return (
    <li class="week">
      <details open={occurrence.canAttest}>
        <summary>{line}</summary>
        <div class="week-inside">
          <Acts {...props} />
          <CalendarPerson {...props} />
        </div>
      </details>
      {facts}
    </li>
  );
}
