import type { Command } from '../../src/live/live.api.ts';
import { Button } from '../parts/button.tsx';
import { Clip } from './clip.tsx';
import { Fold } from './fold.tsx';
import type { PanelProps } from './panel-props.ts';
import { Prompts } from './prompts.tsx';
import { shownText } from './typing.ts';
import { words } from './words.ts';
import { Said, Writing } from './writing.tsx';

const { coaching: says } = words;

type Step = Extract<Command, { do: 'coach' }>['step'];
const STEPS = Object.keys(says.steps) as Step[];

/** F011, F041: hear, ask before tell, demonstrate, role-play, commit; what the step does not need is folded. */
export function Coaching({ element, ...props }: PanelProps & { readonly element: HTMLVideoElement }) {
  const { model, view, send } = props;
  const { step, answer } = view.coaching;
  return (
    <>
      <StepAtHand {...props} />
      <Fold title={words.clip.title} open={step === 'hear'} at={step}>
        <Clip {...props} element={element} />
      </Fold>
      <Fold title={says.talk} open={step === 'ask'} at={step}>
        {view.you === 'rep' && (
          <Writing {...{ model, send }} field="answer" label={says.answer} lines={2} most={2000} />
        )}
        <Prompts {...props} />
        {view.you === 'manager' && <Said label={says.repAnswer(view.people.rep.name)} text={answer} />}
      </Fold>
    </>
  );
}

/** Where the two are, what to do there, and the way on. */
function StepAtHand(props: PanelProps) {
  const { view, send } = props;
  const here = STEPS.indexOf(view.coaching.step);
  const [before, next] = [STEPS[here - 1], STEPS[here + 1]];
  const locked = here > 0 && next !== undefined && !isAnswered(props);
  const goTo = (step: Step) => (): void => send({ kind: 'Asked', command: { do: 'coach', step } });
  return (
    <section class="step-at-hand" aria-label={says.label}>
      <h2>
        {says.steps[view.coaching.step]} <small class="quiet">{says.nth(here + 1, STEPS.length)}</small>
      </h2>
      <p>{says.hints[view.coaching.step]}</p>
      <div class="buttons">
        {next && (
          <Button press={goTo(next)} busy={locked} because={locked && 'step-locked'}>
            {says.onTo(says.steps[next])}
          </Button>
        )}
        {before && (
          <Button weight="small" press={goTo(before)}>
            {says.back}
          </Button>
        )}
      </div>
      {locked && (
        <p class="quiet" id="step-locked">
          {view.you === 'rep' ? says.lockedYours : says.locked(view.people.rep.name)}
        </p>
      )}
    </section>
  );
}

/** The manager's own demonstration opens only after the rep's answer: knowing is not doing. */
function isAnswered({ model, view }: PanelProps): boolean {
  return (view.you === 'rep' ? shownText(model, 'answer').trim() : view.coaching.answer) !== '';
}
