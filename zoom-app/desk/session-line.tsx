import type { OccurrenceView } from '../../src/desk/occurrences.api.ts';
import { texts } from '../look/texts.ts';
import { timeText, whenText } from '../look/times.ts';
import { firstName } from './people-of.ts';
import type { Reader } from './people-of.ts';

const { session: says } = texts;

type Session = NonNullable<OccurrenceView['session']>;

/** The panel can be opened an hour ahead; what began before that did not wait for its slot. */
const EARLY_MS = 60 * 60_000;

interface Props {
  readonly occurrence: OccurrenceView;
  readonly reader: Reader;
  readonly now: number;
}

/** That the meeting was run on the page, and what it came to; never what was said in it. */
export function SessionLine({ occurrence: { session, slot }, reader, now }: Props) {
  if (!session?.startedAt) return null;
  const when = whenText(session.startedAt, reader.zone);
  if (!isOver(session)) return <p>{says.running(when)}</p>;
  const [done, missing] = [doneIn(session), missingIn(session, reader)];
  const early = Date.parse(session.startedAt) + EARLY_MS < Date.parse(slot.start);
  const until = session.endedAt && timeText(session.endedAt, reader.zone);
  return (
    <div class="session-line">
      <p>
        {until ? says.run(when, until) : says.begun(when)}{' '}
        {early && (Date.parse(slot.start) > now ? says.earlyStands : says.early)}
      </p>
      {done.length > 0 && <p class="good">{says.done(done.join(', '))}</p>}
      {missing.length > 0 && <p>{says.missing(missing.join(', '))}</p>}
    </div>
  );
}

/** Whether it was ended, by a person or by its time. */
export function isOver({ endedAt, outcome }: Session): boolean {
  return endedAt !== null || outcome !== null;
}

function doneIn({ inspected, artifact, commitment }: Session): string[] {
  return [
    ...(inspected ? [says.inspected] : []),
    ...(artifact ? [says.artifact] : []),
    ...(commitment === 'none' ? [] : [says[commitment]]),
  ];
}

/** Who has not confirmed is only named once it is closed; without a commitment there is nothing to confirm. */
function missingIn({ outcome, missing, artifact, commitment }: Session, reader: Reader): string[] {
  if (outcome === null) {
    const soFar = [!artifact && says.lacks.artifact, commitment === 'none' && says.lacks.commitment];
    return [...soFar, commitment === 'written' && says.lacks.confirmation].filter((what) => what !== false);
  }
  return missing
    .filter((what) => commitment !== 'none' || (what !== 'manager_ack' && what !== 'rep_ack'))
    .map((what) => {
      if (what === 'manager_ack') return says.confirmationOf(firstName(reader.manager));
      if (what === 'rep_ack') return says.confirmationOf(firstName(reader.rep));
      return says.lacks[what];
    });
}
