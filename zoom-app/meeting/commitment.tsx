import { Button } from '../parts/button.tsx';
import { onItsWay } from './commanding.ts';
import { Fold } from './fold.tsx';
import { serverNow } from './model.ts';
import type { PanelProps } from './panel-props.ts';
import { asksForCommitment, isOpen, isOver } from './session-facts.ts';
import type { Side } from './session-facts.ts';
import { saveState } from './typing.ts';
import { words } from './words.ts';
import { Writing } from './writing.tsx';

const { commitment: says } = words;

/** The blocks before coaching leave it alone: there is nothing to commit to yet. */
const FROM = ['coaching', 'career', 'resilience', 'actions'];

/** F041, F043: the only takeaway. In the rep's hands, confirmed by both as it stands. */
export function Commitment({ model, view, send }: PanelProps) {
  const asks = asksForCommitment(view, serverNow(model));
  const { text, locked, confirmed } = view.commitment;
  const block = view.blocks[view.current]!.kind;
  const { step } = view.coaching;
  if (!asks && text === '' && !FROM.includes(block) && view.timer.is !== 'ended') return null;
  const later = block === 'resilience' || (block === 'coaching' && step !== 'commit');
  return (
    <Fold title={says.title} open={asks || isOver(view) || !later} at={step}>
      {asks && !confirmed[view.you] && <p class="ask">{says.ask}</p>}
      {locked !== null && <p class="warn">{locked}</p>}
      {view.you === 'rep' && isOpen(view) ? (
        <Writing
          {...{ model, send }}
          field="commitment"
          label={says.label}
          hint={says.hint}
          lines={3}
          most={500}
          disabled={locked !== null}
        />
      ) : (
        <p class="large">{text === '' ? says.waits(view.people.rep.name) : text}</p>
      )}
      {text !== '' && <Confirmations {...{ model, view, send }} />}
    </Fold>
  );
}

/** Each confirms the words that both see; while the rep is writing there is nothing to confirm. */
function Confirmations({ model, view, send }: PanelProps) {
  const { confirmed, edit } = view.commitment;
  const mine = confirmed[view.you];
  const both = confirmed.manager && confirmed.rep;
  const writing = ['saving', 'refused'].includes(saveState(model, 'commitment'));
  return (
    <>
      {!mine && isOpen(view) && (
        <Button
          weight="first"
          busy={writing || onItsWay(model, 'confirm')}
          press={() => send({ kind: 'Asked', command: { do: 'confirm', edit } })}
        >
          {says.confirm}
        </Button>
      )}
      <ul class="confirmations">
        {SIDES.map((side) => (
          <li key={side} class={confirmed[side] ? 'good' : 'quiet'}>
            <span aria-hidden="true">{confirmed[side] ? '●' : '○'}</span>{' '}
            {(confirmed[side] ? says.confirmed : says.notYet)(view.people[side].name)}
          </li>
        ))}
      </ul>
      {both && <p class="good">{says.both}</p>}
    </>
  );
}

const SIDES: readonly Side[] = ['rep', 'manager'];
