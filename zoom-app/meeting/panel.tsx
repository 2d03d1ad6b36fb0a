import { BlockContent } from './block-content.tsx';
import { Closing } from './closing.tsx';
import { Commitment } from './commitment.tsx';
import { EntryPage } from './entry-page.tsx';
import type { Send } from './facts.ts';
import { Lacking } from './lacking.tsx';
import type { Model } from './model.ts';
import { Notes } from './notes.tsx';
import type { PanelProps } from './panel-props.ts';
import { isLive, otherSide } from './session-facts.ts';
import { Timer } from './timer.tsx';
import { words } from './words.ts';

interface Props {
  readonly model: Model;
  readonly send: Send;
  /** The element that sounds; the view only gives it a place. */
  readonly element: HTMLVideoElement;
}

/** The whole panel. It is drawn from what the service said last, whatever Zoom does. */
export function Panel({ model, send, element }: Props) {
  const { view } = model;
  return (
    <>
      <p class="unseen" role="status">
        {model.said}
      </p>
      {view === null || model.entry.is !== 'in' ? (
        <EntryPage model={model} send={send} />
      ) : (
        <Session model={model} view={view} send={send} element={element} />
      )}
    </>
  );
}

function Session({ model, view, send, element }: PanelProps & Pick<Props, 'element'>) {
  const { is } = view.timer;
  const props = { model, view, send };
  return (
    <>
      <Trouble model={model} />
      <main>
        <Timer {...props} />
        {is === 'waiting' && <Waits view={view} />}
        {(isLive(view) || is === 'waiting') && <BlockContent {...props} element={element} />}
        {is !== 'waiting' && <Commitment {...props} />}
        <Closing {...props} />
        <Notes {...props} />
        <Lacking model={model} />
      </main>
    </>
  );
}

/** Who is still on the way. */
function Waits({ view }: Pick<PanelProps, 'view'>) {
  const other = otherSide(view.you);
  if (view.arrived[other] !== null) return null;
  return <p class="quiet">{words.waitsFor(view.people[other].name)}</p>;
}

/** What does not work right now, and that it does not matter. */
function Trouble({ model }: Pick<Props, 'model'>) {
  const { zoom, unreached, failure } = model;
  return (
    <>
      {unreached && <p class="trouble">{words.line.away}</p>}
      {!unreached && zoom.is === 'slow' && <p class="trouble">{words.line.slow}</p>}
      {!unreached && zoom.is === 'dead' && <p class="trouble">{words.line.dead}</p>}
      {failure !== null && (
        <p class="trouble failure" role="alert">
          {failure}
        </p>
      )}
    </>
  );
}
