import { Choices } from './choices.tsx';
import type { PanelProps } from './panel-props.ts';
import { words } from './words.ts';
import { Said, Writing } from './writing.tsx';

const { career: says } = words;

/** F042, F053: one question. The manager listens; whether the answer was flat is the manager's own mark. */
export function Career({ model, view, send }: PanelProps) {
  return (
    <section>
      <p class="large">{view.career.question}</p>
      {view.you === 'rep' ? (
        <Writing {...{ model, send }} field="career" label={says.answer} lines={3} most={2000} />
      ) : (
        <>
          <p class="quiet">{says.managerHint}</p>
          <Said label={says.repAnswer(view.people.rep.name)} text={view.career.answer} />
          <Choices
            label={says.flat}
            of={FLAT}
            chosen={view.flat}
            choose={(flat) =>
              send({ kind: 'Asked', command: { do: 'mark career', flat: view.flat === flat ? null : flat } })
            }
          />
        </>
      )}
    </section>
  );
}

const FLAT = [
  [true, says.yes],
  [false, says.no],
] as const;
