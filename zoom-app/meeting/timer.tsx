import type { Command } from '../../src/live/live.api.ts';
import { Button } from '../parts/button.tsx';
import { onItsWay } from './commanding.ts';
import { clockText, countdown, countdownText, cueAt, lengthText } from './countdown.ts';
import { serverNow } from './model.ts';
import type { PanelProps } from './panel-props.ts';
import { isLive, isOver } from './session-facts.ts';
import { shownText } from './typing.ts';
import { words } from './words.ts';

const { timer: says, acts } = words;

/** What a tap of "+2 min" takes from a later block. */
const MORE_SECONDS = 120;

/** The one large thing: the block and its time. Below it what comes next, and the clock's few controls. */
export function Timer(props: PanelProps) {
  const { view } = props;
  const block = view.blocks[view.current]!;
  return (
    <section class="timer" aria-label={says.label}>
      {isOver(view) ? (
        <h1>{says.ended}</h1>
      ) : (
        <>
          <h1>{block.name}</h1>
          <Time {...props} />
          <Steps {...props} />
          <p class="quiet">{nextText(view)}</p>
        </>
      )}
      <Controls {...props} />
      <Done {...props} />
    </section>
  );
}

function Time({ model, view }: PanelProps) {
  const block = view.blocks[view.current]!;
  if (view.timer.is === 'waiting') {
    return <p class="time">{clockText(block.seconds)}</p>;
  }
  const count = countdown(view, serverNow(model));
  const cue = cueAt(view, count);
  return (
    <div class="clock">
      <p class={`time time-${count.tone}`} role="timer" aria-live="off">
        {countdownText(count)}
      </p>
      <p class="quiet">
        {view.timer.is === 'paused' && `${says.paused}, `}
        {count.tone === 'over' ? says.over : says.of(lengthText(block.seconds))}
        {cue !== null && <b class="warn"> {says.cue(lengthText(cue))}</b>}
      </p>
    </div>
  );
}

/** How far the meeting is, block by block; the widths are the blocks' shares of it. */
function Steps({ model, view }: PanelProps) {
  const { left } = countdown(view, serverNow(model));
  return (
    <div class="steps" aria-hidden="true">
      {view.blocks.map(({ kind, seconds }, nth) => {
        const share =
          nth < view.current ? 1 : nth > view.current ? 0 : 1 - Math.max(0, left) / (seconds * 1000);
        return (
          <span key={kind} class="step" style={{ flexGrow: seconds }}>
            <span style={{ width: `${share * 100}%` }} />
          </span>
        );
      })}
    </div>
  );
}

function nextText({ blocks, current }: PanelProps['view']): string {
  const next = blocks[current + 1];
  return next ? says.next(next.name, lengthText(next.seconds)) : says.last;
}

function Controls(props: PanelProps) {
  const { model, view, send } = props;
  const ask = (command: Command) => (): void => send({ kind: 'Asked', command });
  const busy = (what: Command['do']): boolean => onItsWay(model, what);
  const isLast = view.current === view.blocks.length - 1;
  const locked = isLive(view) && isLocked(props);
  return (
    <div class="buttons" role="group" aria-label={acts.label}>
      {view.timer.is === 'waiting' && (
        <Button weight="first" press={ask({ do: 'start' })} busy={busy('start')}>
          {acts.start}
        </Button>
      )}
      {isLive(view) && (
        <>
          {isLast ? (
            <Button weight="first" press={ask({ do: 'end' })} busy={busy('end')}>
              {acts.end}
            </Button>
          ) : (
            <Button
              weight="first"
              press={ask({ do: 'next' })}
              busy={busy('next') || locked}
              because={locked && 'next-locked'}
            >
              {acts.next}
            </Button>
          )}
          <PauseButton {...props} />
          {!isLast && (
            <Button press={ask({ do: 'extend', seconds: MORE_SECONDS })} busy={busy('extend')}>
              {acts.more}
            </Button>
          )}
        </>
      )}
      {isLive(view) && <Less {...props} />}
      {locked && (
        <p class="quiet locked" id="next-locked">
          {view.you === 'rep' ? acts.locked(view.people.manager.name) : acts.lockedYours}
        </p>
      )}
    </div>
  );
}

/** F012: the same for both; what the manager is writing is as good as written, for it is saved before they go on. */
function isLocked({ model, view }: PanelProps): boolean {
  return view.nextLocked !== null && shownText(model, 'positive').trim() === '';
}

function PauseButton({ model, view, send }: PanelProps) {
  const what = view.timer.is === 'paused' ? 'resume' : 'pause';
  return (
    <Button press={() => send({ kind: 'Asked', command: { do: what } })} busy={onItsWay(model, what)}>
      {acts[what]}
    </Button>
  );
}

/** What is needed seldom: back, and past a block for a reason. */
function Less({ model, view, send }: PanelProps) {
  const isLast = view.current === view.blocks.length - 1;
  return (
    <>
      {view.current > 0 && (
        <Button
          weight="small"
          press={() => send({ kind: 'Asked', command: { do: 'back' } })}
          busy={onItsWay(model, 'back')}
        >
          {acts.back}
        </Button>
      )}
      {!isLast && (
        <Button
          weight="small"
          expanded={model.skipOpen}
          press={() => send({ kind: 'SkipOpened', open: !model.skipOpen })}
        >
          {acts.skip}
        </Button>
      )}
      {model.skipOpen && (
        <div class="buttons reasons" role="group" aria-label={acts.skipWhy}>
          <span>{acts.skipWhy}</span>
          {REASONS.map((because) => (
            <Button key={because} press={() => send({ kind: 'Asked', command: { do: 'skip', because } })}>
              {words.skips[because]}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

const REASONS = Object.keys(words.skips) as (keyof typeof words.skips)[];

/** What was done last and by whom; for five seconds either of them can take it back. */
function Done({ model, view, send }: PanelProps) {
  const canUndo = view.undo !== null && serverNow(model) <= view.undo.until;
  return (
    <p class="done">
      {canUndo ? view.undo?.sentence : view.done?.sentence}{' '}
      {canUndo && (
        <Button
          weight="small"
          press={() => send({ kind: 'Asked', command: { do: 'undo' } })}
          busy={onItsWay(model, 'undo')}
        >
          {acts.undo}
        </Button>
      )}
    </p>
  );
}
