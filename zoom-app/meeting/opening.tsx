import type { PanelProps } from './panel-props.ts';
import { words } from './words.ts';
import { Writing } from './writing.tsx';

/** F012, F038: one thing that went well, which only the manager sees before it is said. */
export function Opening({ model, view, send }: PanelProps) {
  if (view.you === 'rep') return <p>{words.open.repWaits(view.people.manager.name)}</p>;
  return (
    <Writing
      {...{ model, send }}
      field="positive"
      label={words.open.managerTitle}
      hint={words.open.managerHint}
      lines={2}
      most={500}
    />
  );
}
