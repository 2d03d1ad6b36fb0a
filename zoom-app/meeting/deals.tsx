import { Button } from '../parts/button.tsx';
import { Choices } from './choices.tsx';
import type { PanelProps } from './panel-props.ts';
import { Prompts } from './prompts.tsx';
import { words } from './words.ts';
import { Said, Writing } from './writing.tsx';

const { deals: says } = words;

type Kind = 'stuck' | 'exciting';

/** F017, F040: two deals and no third, the stuck one first, one next step each. */
export function Deals({ model, view, send }: PanelProps) {
  const { looking } = view.deals;
  const other: Kind = looking === 'stuck' ? 'exciting' : 'stuck';
  return (
    <>
      {/* Whoever is typing must not find themselves in the other deal's field. */}
      <Deal key={looking} {...{ model, view, send }} kind={looking} />
      <Button press={() => send({ kind: 'Asked', command: { do: 'look at', kind: other } })}>
        {looking === 'stuck' ? says.turn : says.turnBack}
      </Button>
      <Tones {...{ model, send }} />
    </>
  );
}

/** F060: what is seen at the cues is also heard, unless one press says no. */
function Tones({ model, send }: Pick<PanelProps, 'model' | 'send'>) {
  if (model.tones === 'none') return null;
  const on = model.tones === 'on';
  return (
    <Button pressed={on} press={() => send({ kind: 'TonesTurned', on: !on })}>
      {says.tones}
    </Button>
  );
}

function Deal({ model, view, send, kind }: PanelProps & { readonly kind: Kind }) {
  const deal = view.deals[kind];
  const isRep = view.you === 'rep';
  return (
    <section class="deal">
      <h2>{says[kind]}</h2>
      {isRep && <Writing {...{ model, send }} field={`${kind} name`} label={says.name} most={200} />}
      {!isRep &&
        (deal ? <p class="large">{deal.name}</p> : <p class="quiet">{says.empty(view.people.rep.name)}</p>)}
      {deal && (
        <>
          {isRep ? (
            <Writing {...{ model, send }} field={`${kind} question`} label={says.question} most={1000} />
          ) : (
            <Said label={says.question} text={deal.question} />
          )}
          <Prompts {...{ model, view, send }} />
          <Choices
            label={says.sentence}
            of={SENTENCE}
            chosen={deal.inOneSentence}
            choose={(inOneSentence) =>
              send({ kind: 'Asked', command: { do: 'change deal', kind, inOneSentence } })
            }
          />
          {deal.inOneSentence === false && <p class="warn">{says.check}</p>}
          <Writing {...{ model, send }} field={`${kind} step`} label={says.step} most={500} />
        </>
      )}
    </section>
  );
}

const SENTENCE = [
  [true, says.yes],
  [false, says.no],
] as const;
