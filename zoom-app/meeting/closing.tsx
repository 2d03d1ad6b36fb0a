import { Button } from '../parts/button.tsx';
import { Choices } from './choices.tsx';
import { ClipWords } from './clip.tsx';
import type { PanelProps } from './panel-props.ts';
import { isOver } from './session-facts.ts';
import { timeText } from './time-text.ts';
import { words } from './words.ts';
import { zoomCan } from './zooming.ts';

/** After the end: what can still be done, until when, what is missing and what is kept; and the way out. */
export function Closing(props: PanelProps) {
  const { view, send } = props;
  const { timer, closesAt, missing } = view;
  if (!isOver(view)) return null;
  return (
    <>
      {timer.is === 'ended' && closesAt !== null && <p>{words.commitment.until(timeText(closesAt))}</p>}
      {view.you === 'manager' && view.asksWhatWasSkipped && (
        <Choices
          label={words.skipped.ask}
          of={STEPS}
          chosen={null}
          choose={(kind) => send({ kind: 'Asked', command: { do: 'say what was skipped', kind } })}
        />
      )}
      {timer.is === 'closed' && missing.length > 0 && (
        <section>
          <h2>{words.missing.title}</h2>
          <ul class="missing">
            {missing.map((what) => (
              <li key={what}>{words.missing[what]}</li>
            ))}
          </ul>
        </section>
      )}
      <WayOut {...props} />
      <Kept view={view} />
    </>
  );
}

/** The deals' next steps and the words of the clip, to be read again. */
function Kept({ view: { deals, clip } }: Pick<PanelProps, 'view'>) {
  const steps = [deals.stuck, deals.exciting].filter((deal) => deal !== null);
  if (steps.length === 0 && !clip) return null;
  return (
    <section>
      <h2>{words.over.kept}</h2>
      {steps.map(({ name, nextStep }) => (
        <p key={name}>
          <b>{name}</b> {nextStep}
        </p>
      ))}
      {clip && <ClipWords clip={clip} />}
    </section>
  );
}

/** A browser goes back to the desk; Zoom can only open another window, or be closed. */
function WayOut({ model, view, send }: PanelProps) {
  const path = `/series/${view.occurrence.series}`;
  if (model.zoom.is === 'absent') {
    return (
      <p>
        <a class="button" href={path}>
          {words.over.desk}
        </a>
      </p>
    );
  }
  if (!zoomCan(model, 'openUrl')) return <p class="quiet">{words.over.close}</p>;
  return (
    <div>
      <Button press={() => send({ kind: 'DeskAsked', url: new URL(path, location.href).href })}>
        {words.over.deskOutside}
      </Button>
    </div>
  );
}

const STEPS = (['open', 'inspect', 'close', 'none'] as const).map(
  (kind) => [kind, words.skipped[kind]] as const,
);
