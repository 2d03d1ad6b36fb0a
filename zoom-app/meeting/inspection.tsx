import { Choices } from './choices.tsx';
import type { PanelProps } from './panel-props.ts';
import { words } from './words.ts';
import { Said, Writing } from './writing.tsx';

const { inspect: says } = words;

/** F014, F039: last week's commitment, and whether it was tried on a real call. */
export function Inspection({ model, view, send }: PanelProps) {
  const { last, tried, noticed } = view.inspection;
  if (!last) return <p class="quiet">{says.none}</p>;
  return (
    <section aria-label={says.title}>
      <blockquote>{last.text}</blockquote>
      <Choices
        label={says.tried}
        of={ANSWERS}
        chosen={tried}
        choose={(answer) => send({ kind: 'Asked', command: { do: 'inspect', tried: answer } })}
      />
      {view.you === 'rep' ? (
        <Writing {...{ model, send }} field="noticed" label={says.noticed} lines={3} most={2000} />
      ) : (
        <Said label={says.repNoticed(view.people.rep.name)} text={noticed} />
      )}
    </section>
  );
}

const ANSWERS = [
  ['yes', says.answers.yes],
  ['partly', says.answers.partly],
  ['no', says.answers.no],
] as const;
