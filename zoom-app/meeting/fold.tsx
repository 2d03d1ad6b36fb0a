interface Props {
  readonly title: string;
  /** Whether it is needed now. A person may open and close it all the same. */
  readonly open: boolean;
  /** The step that says so. */
  readonly at?: string;
  readonly children: preact.ComponentChildren;
}

/** A part that opens when it is needed, and closes when it no longer is. */
export function Fold({ title, open, at = '', children }: Props) {
  return (
    <details class="fold" ref={(place) => settle(place, open, at)}>
      <summary>
        <h2>{title}</h2>
      </summary>
      <div class="folded">{children}</div>
    </details>
  );
}

/**
 * Only a change is obeyed. It never closes around somebody who is writing, nor under the tap that ends the writing,
 * but with the step after; any other focus goes to its title.
 */
function settle(place: HTMLDetailsElement | null, open: boolean, at: string): void {
  if (open) delete place?.dataset['spared'];
  if (!place || place.dataset['needed'] === String(open) || place.dataset['spared'] === at) return;
  const { activeElement } = document;
  const within = !open && place.contains(activeElement);
  if (within && activeElement!.matches('input, textarea')) {
    place.dataset['spared'] = at;
    return;
  }
  if (within) place.querySelector('summary')!.focus();
  place.dataset['needed'] = String(open);
  place.open = open;
}
