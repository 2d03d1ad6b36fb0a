import type { Grid } from '../../src/audit/audit.api.ts';
import { LOOKS, RECOVERY_LOOK } from '../look/states.ts';
import { texts } from '../look/texts.ts';
import { whenText } from '../look/times.ts';
import { State } from '../parts/shape.tsx';

/** Where an admin looks first: two cancels, and a recovery that is owed. */
export function Flags({ pair, zone }: { pair: Grid['pairs'][number]; zone: string }) {
  const { twoCancels, recovery } = pair;
  return (
    <span class="flags">
      {twoCancels && <State look={{ ...LOOKS.cancelled_unknown, word: texts.audit.twoCancels }} />}
      {recovery && (
        <State
          look={{
            ...RECOVERY_LOOK,
            word: `${texts.audit.recovery[recovery.state]} ${texts.audit.by(whenText(recovery.dueBy, zone))}`,
          }}
        />
      )}
    </span>
  );
}
