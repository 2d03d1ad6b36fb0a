import { Career } from './career.tsx';
import { Coaching } from './coaching.tsx';
import { Deals } from './deals.tsx';
import { Fold } from './fold.tsx';
import { Inspection } from './inspection.tsx';
import { Opening } from './opening.tsx';
import type { PanelProps } from './panel-props.ts';
import { Prompts } from './prompts.tsx';
import { Resilience } from './resilience.tsx';
import { words } from './words.ts';

/** What this block is about. */
export function BlockContent({ element, ...props }: PanelProps & { readonly element: HTMLVideoElement }) {
  switch (props.view.blocks[props.view.current]!.kind) {
    case 'open':
      return <CheckIn {...props} />;
    case 'inspect':
      return <Inspection {...props} />;
    case 'deals':
      return <Deals {...props} />;
    case 'coaching':
      return <Coaching {...props} element={element} />;
    case 'career':
      return <Career {...props} />;
    case 'resilience':
      return <Resilience {...props} />;
    case 'actions':
      return <Actions {...props} />;
  }
}

/** F012: where the format has no block for the inspection it follows in the same one, after the positive. */
function CheckIn(props: PanelProps) {
  const { blocks, nextLocked, timer } = props.view;
  const apart = blocks.some(({ kind }) => kind === 'inspect');
  if (apart) return <Opening {...props} />;
  return (
    <div class="check-in">
      <Opening {...props} />
      {nextLocked === null && timer.is !== 'waiting' && <Inspection {...props} />}
    </div>
  );
}

/** Whoever left the check-in without the inspection finds it open here: it comes before the new commitment. */
function Actions(props: PanelProps) {
  const { inspection, commitment } = props.view;
  return (
    <>
      {inspection.last && (
        <Fold title={words.inspect.title} open={commitment.locked !== null}>
          <Inspection {...props} />
        </Fold>
      )}
      <Prompts {...props} />
    </>
  );
}
