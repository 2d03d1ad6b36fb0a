interface ButtonProps {
  readonly children: preact.ComponentChildren;
  readonly press: () => void;
  readonly id?: string;
  readonly weight?: 'first' | 'plain' | 'small';
  readonly expanded?: boolean;
  readonly busy?: boolean;
}

/** A verb that one can press. While its act runs it stays where it is and keeps the focus. */
export function Button({ children, press, id, weight = 'plain', expanded, busy = false }: ButtonProps) {
  return (
    <button
      type="button"
      id={id}
      class={`button button-${weight}`}
      aria-expanded={expanded}
      aria-disabled={busy || undefined}
      onClick={() => busy || press()}
    >
      {children}
    </button>
  );
}
