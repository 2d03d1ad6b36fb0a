import { GONE_LOOK, lookOf } from '../look/states.ts';
import { texts } from '../look/texts.ts';
import { hoursText, cityOf, dayText, elsewhereText, minutesUntil } from '../look/times.ts';
import { State } from '../parts/shape.tsx';
import { Acts } from './acts.tsx';
import { CalendarPerson } from './calendar-person.tsx';
import { OpenMeeting } from './open-meeting.tsx';
import { firstName, readerOf } from './people-of.ts';
import { SessionLine } from './session-line.tsx';
import type { SeriesProps } from './series-props.ts';
import type { Week } from './timeline.ts';
import { Reasons, RecoveryLine, Words } from './week-facts.tsx';

/** The week that matters now: large, with everything one can do about it. */
export function WeekCard(props: SeriesProps & { week: Week; title: string }) {
  const { week, title, model, series } = props;
  const { occurrence, gone } = week;
  const reader = readerOf(model, series);
  const { slot } = occurrence;
  const soon = minutesUntil(slot.start, model.now);
  const there = elsewhereText(slot.start, reader.other.zone, reader.zone);
  return (
    <section class="card" aria-labelledby={`week-${occurrence.key}`} data-key={occurrence.key}>
      <h2 id={`week-${occurrence.key}`}>{title}</h2>
      <p class="card-state">
        <State
          look={gone ? GONE_LOOK : lookOf(occurrence.state, Date.parse(occurrence.slot.end) <= model.now)}
          size={20}
        />
      </p>
      <p class={gone ? 'card-slot card-gone' : 'card-slot'}>
        <time dateTime={slot.start}>
          <span>{dayText(slot.start, reader.zone)},</span> <span>{hoursText(slot, reader.zone)}</span>
        </time>
      </p>
      {soon !== null && <p>{texts.desk.startsIn(soon)}</p>}
      {there && (
        <p class="elsewhere">
          {texts.desk.forOther(there, firstName(reader.other), cityOf(reader.other.zone))}
        </p>
      )}
      <Reasons occurrence={occurrence} reader={reader} />
      <SessionLine occurrence={occurrence} reader={reader} now={model.now} />
      <Words occurrence={occurrence} reader={reader} model={model} />
      {occurrence.recovery && <RecoveryLine recovery={occurrence.recovery} reader={reader} />}
      <OpenMeeting {...props} />
      <Acts {...props} />
      <CalendarPerson {...props} />
    </section>
  );
}
