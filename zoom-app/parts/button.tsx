interface ButtonProps {
  readonly children: preact.ComponentChildren;
  /** Left out where the form that it submits does the work. */
  readonly press?: () => void;
  readonly id?: string;
  readonly weight?: 'first' | 'plain' | 'small';
  readonly expanded?: boolean;
  readonly pressed?: boolean;
  /** The step at which one is. */
  readonly current?: boolean;
  readonly busy?: boolean;
  /** Id of the words that say why it cannot be pressed now. */
  readonly because?: string | false;
}

/** A verb that one can press. While its act runs it stays where it is and keeps the focus. */
export function Button({ children, press, id, weight = 'plain', busy = false, ...state }: ButtonProps) {
  return (
    <button
      type={press ? 'button' : 'submit'}
      id={id}
      class={`button button-${weight}`}
      aria-expanded={state.expanded}
      aria-pressed={state.pressed}
      aria-current={state.current ? 'step' : undefined}
      aria-disabled={busy || undefined}
      aria-describedby={state.because || undefined}
      onClick={() => busy || press?.()}
    >
      {children}
    </button>
  );
}
