import type { Look, ShapeName } from '../look/states.ts';

/** The shape of a state on a 16 by 16 field. Decoration for the eye: the word stands beside it or in its name. */
export function Shape({ look, size = 16 }: { look: Look; size?: 16 | 20 | 28 }) {
  return (
    <svg
      class={`shape shape-${look.hue}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {DRAWN[look.shape]}
    </svg>
  );
}

const DRAWN: Readonly<Record<ShapeName, preact.JSX.Element>> = {
  disc: <circle class="fill" cx="8" cy="8" r="6.5" />,
  ring: (
    <>
      <circle class="stroke" cx="8" cy="8" r="5.5" />
      <circle class="fill" cx="8" cy="8" r="2.5" />
    </>
  ),
  circle: <circle class="stroke thin" cx="8" cy="8" r="5.75" />,
  arrow: (
    <>
      <circle class="fill" cx="8" cy="8" r="7" />
      <path class="on" d="M4 8h7.5M8.5 4.75 11.75 8 8.5 11.25" />
    </>
  ),
  diamond: <path class="fill" d="M8 .75 15.25 8 8 15.25.75 8Z" />,
  half: (
    <>
      <circle class="edge" cx="8" cy="8" r="6.25" />
      <path class="fill" d="M8 1.75a6.25 6.25 0 0 0 0 12.5Z" />
      <circle class="edge" cx="8" cy="8" r="6.25" />
    </>
  ),
  'half-question': (
    <>
      <path class="fill" d="M8 1.75a6.25 6.25 0 0 0 0 12.5Z" />
      <circle class="edge" cx="8" cy="8" r="6.25" />
      <path class="edge" d="M9.4 6.3c.2-1.2 2.7-1.1 2.5.4-.1.9-1.3 1-1.3 2.2M10.6 11v.3" />
    </>
  ),
  cross: <path class="stroke" d="M3 3l10 10M13 3 3 13" />,
  dash: <path class="stroke" d="M2.5 8h11" />,
  broken: <circle class="stroke broken" cx="8" cy="8" r="5.75" />,
};

/** A shape with its word. */
export function State({ look, size }: { look: Look; size?: 16 | 20 | 28 }) {
  return (
    <span class="state">
      <Shape look={look} {...(size && { size })} />
      <span>{look.word}</span>
    </span>
  );
}
