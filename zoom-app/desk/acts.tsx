import { texts } from '../look/texts.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { addresses } from '../program/addresses.ts';
import type { Address } from '../program/reading.ts';
import { formOf } from '../program/model.ts';
import { ActState } from './act-state.tsx';
import { Attest } from './attest.tsx';
import { CannotForm } from './cannot-form.tsx';
import { ExcuseAnswer, ExcuseForm } from './excuse-form.tsx';
import { MoveForm } from './move-form.tsx';
import type { ActProps, SeriesProps } from './series-props.ts';
import { formName, post, touched } from './target.ts';
import type { Target } from './target.ts';
import type { Week } from './timeline.ts';

const FORMS = { move: MoveForm, cannot: CannotForm, excuse: ExcuseForm } as const;
type FormKind = keyof typeof FORMS;

/** Everything a person can do about one meeting, and how far it got. */
export function Acts({ week, ...props }: SeriesProps & { week: Week }) {
  const { occurrence } = week;
  const { recovery } = occurrence;
  const apart = recovery?.is === 'separate' && (recovery.canMove || recovery.canAttest);
  return (
    <>
      <ActsOn {...props} target={{ occurrence, kind: 'occurrence' }} />
      {apart && (
        <div class="acts-apart" role="group" aria-label={texts.recovery.name}>
          <ActsOn {...props} target={{ occurrence, kind: 'recovery' }} />
        </div>
      )}
    </>
  );
}

function ActsOn(props: ActProps) {
  const { target } = props;
  const { canMove, canAttest } = target.kind === 'recovery' ? target.occurrence.recovery! : target.occurrence;
  const { slot } = target.kind === 'recovery' ? target.occurrence.recovery! : target.occurrence;
  const ahead = slot !== null && Date.parse(slot.start) > props.model.now;
  const kinds: readonly FormKind[] =
    target.kind === 'recovery' ? ['move', 'cannot'] : ['move', 'cannot', 'excuse'];
  return (
    <div class="acts">
      {target.kind === 'occurrence' && <Question {...props} />}
      {target.kind === 'occurrence' && <ExcuseAnswer {...props} />}
      {canAttest && <Attest {...props} />}
      {canMove && ahead && <FormActs {...props} kinds={kinds} />}
    </div>
  );
}

/** Buttons that open one form at a time below them. */
function FormActs({ kinds, ...props }: ActProps & { kinds: readonly FormKind[] }) {
  const { model, send, target } = props;
  const busy = kinds.some((kind) => isBusy(formOf(model, formName(target, kind)).phase));
  const open = kinds.find((kind) => formOf(model, formName(target, kind)).open);
  const Form = open && FORMS[open];
  return (
    <>
      {!busy && <FormButtons {...props} kinds={kinds} open={open} />}
      {kinds.map((kind) => (
        <ActState key={kind} model={model} send={send} form={formName(target, kind)} />
      ))}
      {Form && !busy && <Form {...props} />}
    </>
  );
}

interface FormButtonsProps extends ActProps {
  readonly kinds: readonly FormKind[];
  readonly open: FormKind | undefined;
}

function FormButtons({ send, target, kinds, open }: FormButtonsProps) {
  const press = (kind: FormKind) => {
    const form = formName(target, kind);
    if (kind === open) return send({ kind: 'FormClosed', form, focus: `${form}-button` });
    if (open) send({ kind: 'FormClosed', form: formName(target, open), focus: '' });
    send({ kind: 'FormOpened', form, focus: `${form}-title`, ...readFor(kind, target) });
  };
  return (
    <div class="buttons">
      {kinds.map((kind) => (
        <Button
          key={kind}
          id={`${formName(target, kind)}-button`}
          expanded={kind === open}
          press={() => press(kind)}
        >
          {texts.acts[kind]}
        </Button>
      ))}
    </div>
  );
}

function isBusy(phase: string): boolean {
  return phase === 'held' || phase === 'sending';
}

function readFor(kind: FormKind, { occurrence, kind: about }: Target): { read?: Address<unknown> } {
  if (kind !== 'move' || about === 'recovery') return {};
  return { read: addresses.slots(occurrence.series, occurrence.key) };
}

/** The loop stopped and asked; a person answers. */
function Question({ model, send, target }: ActProps) {
  const { asks } = target.occurrence;
  if (!asks) return null;
  const form = formName(target, 'answer');
  const { phase, failure } = formOf(model, form);
  return (
    <div class="asks">
      <h3>{texts.acts.asks}</h3>
      <p>{asks}</p>
      <FailureNote failure={failure} />
      <Button
        weight="first"
        busy={phase === 'sending'}
        press={() =>
          send({ kind: 'Submitted', form, request: post(target, 'answer'), rereads: touched(target) })
        }
      >
        {texts.acts.look}
      </Button>
    </div>
  );
}
