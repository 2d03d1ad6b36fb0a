import type { InputHTMLAttributes } from 'preact';
import type { Send } from '../program/facts.ts';
import { formOf } from '../program/model.ts';
import type { Model } from '../program/model.ts';
import { saysAbout } from './failure.tsx';

interface About {
  readonly model: Model;
  readonly send: Send;
  readonly form: string;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** Shown until something is typed. */
  readonly initial?: string;
}

interface FieldProps extends About {
  readonly type?: 'text' | 'password' | 'email' | 'url' | 'time' | 'date' | 'datetime-local';
  readonly required?: boolean;
  readonly min?: string;
  readonly max?: string;
  /** What it has to look like; `title` says so where it does not. */
  readonly pattern?: string;
  readonly title?: string;
  readonly autocomplete?: 'off' | 'username' | 'current-password';
}

/** A labelled field. What is typed lives in the model, so it outlives errors. */
export function Field({ type = 'text', autocomplete = 'off', ...about }: FieldProps) {
  const { min, max, required, pattern, title } = about;
  const rest = { min, max, required, pattern, title, autocomplete };
  return (
    <Labelled {...about}>
      <input {...({ ...attributesOf(about), type, ...rest } as InputHTMLAttributes)} />
    </Labelled>
  );
}

/** The same with several lines. */
export function TextArea(about: About) {
  return (
    <Labelled {...about}>
      <textarea {...attributesOf(about)} rows={3} maxLength={2000} />
    </Labelled>
  );
}

interface ChoiceProps extends About {
  readonly options: readonly (readonly [value: string, label: string])[];
}

/** A yes or no: `yes` while it is ticked, else empty. */
export function Check(about: About) {
  const { model, send, form, name, label, initial = '' } = about;
  const checked = (formOf(model, form).values[name] ?? initial) === 'yes';
  return (
    <label class="check">
      <input
        type="checkbox"
        name={name}
        checked={checked}
        onChange={({ currentTarget }) =>
          send({ kind: 'FieldChanged', form, field: name, value: currentTarget.checked ? 'yes' : '' })
        }
      />
      {label}
    </label>
  );
}

/** A closed list. */
export function Choice({ options, ...about }: ChoiceProps) {
  const { value, ...attributes } = attributesOf(about);
  return (
    <Labelled {...about}>
      <select {...attributes} value={value}>
        {options.map(([option, label]) => (
          <option key={option} value={option}>
            {label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function Labelled({
  model,
  form,
  name,
  label,
  hint,
  children,
}: About & { children: preact.ComponentChildren }) {
  const says = saysAbout(formOf(model, form).failure, name);
  const id = idOf(form, name);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {says && (
        <span class="failure" id={`${id}-says`}>
          {says}
        </span>
      )}
    </div>
  );
}

function attributesOf({ model, send, form, name, hint, initial = '' }: About) {
  const { values, failure } = formOf(model, form);
  const id = idOf(form, name);
  const wrong = saysAbout(failure, name) !== null;
  return {
    id,
    name,
    value: values[name] ?? initial,
    'aria-invalid': wrong || undefined,
    'aria-describedby': [hint && `${id}-hint`, wrong && `${id}-says`].filter(Boolean).join(' ') || undefined,
    onInput: (event: { currentTarget: { value: string } }) =>
      send({ kind: 'FieldChanged', form, field: name, value: event.currentTarget.value }),
  };
}

export function idOf(form: string, name: string): string {
  return `${form}-${name}`.replace(/[^\w-]/g, '-');
}
