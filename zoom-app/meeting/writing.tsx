import type { Field } from './facts.ts';
import type { PanelProps } from './panel-props.ts';
import { saveState, shownText } from './typing.ts';
import { words } from './words.ts';

interface Props extends Omit<PanelProps, 'view'> {
  readonly field: Field;
  readonly label: string;
  readonly most: number;
  readonly hint?: string;
  readonly lines?: number;
  readonly disabled?: boolean;
}

/** A labelled field that saves itself and says so. It keeps what is typed whatever happens around it. */
export function Writing({ model, send, field, label, most, hint, lines = 1, disabled = false }: Props) {
  const id = field.replace(' ', '-');
  const state = saveState(model, field);
  const attributes = {
    id,
    value: shownText(model, field),
    maxLength: most,
    disabled,
    'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
    onInput: (event: { currentTarget: { value: string } }) =>
      send({ kind: 'Typed', field, text: event.currentTarget.value }),
    onBlur: () => send({ kind: 'FieldLeft', field }),
  };
  return (
    <div class="field">
      <label for={id}>
        {label} {state !== 'untouched' && <small class="quiet">{words.saved[state]}</small>}
      </label>
      {lines === 1 ? <input type="text" {...attributes} /> : <textarea rows={lines} {...attributes} />}
      {hint !== undefined && (
        <small class="quiet" id={`${id}-hint`}>
          {hint}
        </small>
      )}
    </div>
  );
}

/** What the other one wrote, or that nothing is there yet. */
export function Said({ label, text }: { readonly label: string; readonly text: string }) {
  if (text === '') return null;
  return (
    <div class="said">
      <small class="quiet">{label}</small>
      <p>{text}</p>
    </div>
  );
}
