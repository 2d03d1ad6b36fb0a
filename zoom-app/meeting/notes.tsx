import { Fold } from './fold.tsx';
import type { PanelProps } from './panel-props.ts';
import { isOpen } from './session-facts.ts';
import { words } from './words.ts';
import { Writing } from './writing.tsx';

/** One's own notes, which the other one's panel never receives. */
export function Notes({ model, view, send }: PanelProps) {
  if (!isOpen(view)) return null;
  return (
    <Fold title={words.notes.title} open={false}>
      <Writing
        {...{ model, send }}
        field="notes"
        label={words.notes.title}
        hint={words.notes.hint}
        lines={4}
        most={4000}
      />
    </Fold>
  );
}
