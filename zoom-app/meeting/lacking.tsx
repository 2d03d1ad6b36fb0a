import { CAPABILITIES } from './capabilities.ts';
import { Fold } from './fold.tsx';
import type { PanelProps } from './panel-props.ts';
import { words } from './words.ts';

/** What this Zoom has not, by name and with what takes its place, so that nobody looks for it. */
export function Lacking({ model: { zoom } }: Pick<PanelProps, 'model'>) {
  const lacking = CAPABILITIES.filter(({ name }) => zoom.missing.includes(name));
  if (zoom.is !== 'configured' || lacking.length === 0) return null;
  return (
    <Fold title={words.lacking.title} open={false}>
      <ul>
        {lacking.map(({ name, purpose, instead }) => (
          <li key={name}>{words.lacking.of(purpose, instead)}</li>
        ))}
      </ul>
    </Fold>
  );
}
