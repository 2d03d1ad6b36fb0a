import { Choices } from './choices.tsx';
import type { PanelProps } from './panel-props.ts';
import { timeText } from './time-text.ts';
import { words } from './words.ts';

/** After the end: what can still be done, until when, and what is missing. */
export function Closing({ view, send }: PanelProps) {
  const { timer, closesAt, missing } = view;
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
    </>
  );
}

const STEPS = (['open', 'inspect', 'close', 'none'] as const).map(
  (kind) => [kind, words.skipped[kind]] as const,
);
