import type { Command } from '../../src/live/live.api.ts';
import { Button } from '../parts/button.tsx';
import { Clip } from './clip.tsx';
import type { PanelProps } from './panel-props.ts';
import { Prompts } from './prompts.tsx';
import { shownText } from './typing.ts';
import { words } from './words.ts';
import { Said, Writing } from './writing.tsx';

const { coaching: says } = words;

type Step = Extract<Command, { do: 'coach' }>['step'];
const STEPS = Object.keys(says.steps) as Step[];

/** F011, F041: hear, ask before tell, demonstrate, role-play, commit. */
export function Coaching({ element, ...props }: PanelProps & { readonly element: HTMLVideoElement }) {
  const { model, view, send } = props;
  return (
    <>
      <StepList {...props} />
      <Clip {...props} element={element} />
      <Prompts {...props} />
      {view.you === 'rep' ? (
        <Writing {...{ model, send }} field="answer" label={says.answer} lines={3} most={2000} />
      ) : (
        <Said label={says.repAnswer(view.people.rep.name)} text={view.coaching.answer} />
      )}
    </>
  );
}

/** The manager's own demonstration opens only after the rep's answer: knowing is not doing. */
function StepList({ model, view, send }: PanelProps) {
  const here = STEPS.indexOf(view.coaching.step);
  const answered = (view.you === 'rep' ? shownText(model, 'answer').trim() : view.coaching.answer) !== '';
  return (
    <section aria-label={says.label}>
      <ol class="step-list">
        {STEPS.map((step, nth) => {
          const locked = nth > here + 1 || (nth >= 2 && !answered);
          return (
            <li key={step}>
              <Button
                weight="small"
                current={nth === here}
                busy={locked}
                press={() => send({ kind: 'Asked', command: { do: 'coach', step } })}
              >
                {says.steps[step]}
              </Button>
            </li>
          );
        })}
      </ol>
      <p class="quiet">{here === 1 && !answered ? says.first : says.hints[view.coaching.step]}</p>
    </section>
  );
}
