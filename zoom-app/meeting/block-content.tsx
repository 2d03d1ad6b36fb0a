import { Career } from './career.tsx';
import { Coaching } from './coaching.tsx';
import { Deals } from './deals.tsx';
import { Inspection } from './inspection.tsx';
import { Opening } from './opening.tsx';
import type { PanelProps } from './panel-props.ts';

/** What this block is about. */
export function BlockContent({ element, ...props }: PanelProps & { readonly element: HTMLVideoElement }) {
  switch (props.view.blocks[props.view.current]!.kind) {
    case 'open':
      return <Opening {...props} />;
    case 'inspect':
      return <Inspection {...props} />;
    case 'deals':
      return <Deals {...props} />;
    case 'coaching':
      return <Coaching {...props} element={element} />;
    case 'career':
      return <Career {...props} />;
  }
}
