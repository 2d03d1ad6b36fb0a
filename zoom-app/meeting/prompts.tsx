import { Button } from '../parts/button.tsx';
import type { PanelProps } from './panel-props.ts';
import { words } from './words.ts';

/** How many questions are shown at once: more would be a list to go through. */
const SHOWN = 2;

/** A few questions for this block, and others for the asking. */
export function Prompts({ model, view, send }: PanelProps) {
  const { prompts } = view.blocks[view.current]!;
  if (prompts.length === 0) return null;
  const shown = Array.from(
    { length: Math.min(SHOWN, prompts.length) },
    (_, nth) => prompts[(model.questionTurn + nth) % prompts.length]!,
  );
  return (
    <section class="prompts" aria-label={words.prompts.label}>
      <ul>
        {shown.map((prompt) => (
          <li key={prompt}>{prompt}</li>
        ))}
      </ul>
      {prompts.length > SHOWN && (
        <Button weight="small" press={() => send({ kind: 'AnotherQuestionAsked' })}>
          {words.prompts.another}
        </Button>
      )}
    </section>
  );
}
