import type { Grid } from '../../src/audit/audit.api.ts';
import { texts } from '../look/texts.ts';
import { isoDayText } from '../look/times.ts';
import { heldPerWeek } from './held-per-week.ts';
import type { HeldWeek } from './held-per-week.ts';

const HEIGHT = 96;
const STEP = 56;
const WIDTH = 28;
const TOP = 20;

/** The owed meetings as an outline from zero, the held ones as its filling; each bar says both numbers. */
export function HeldPlot({ grid }: { grid: Grid }) {
  const weeks = heldPerWeek(grid);
  const held = weeks.reduce((sum, week) => sum + week.held, 0);
  const owed = weeks.reduce((sum, week) => sum + week.owed, 0);
  return (
    <figure class="plot">
      <figcaption>
        <h2>{texts.audit.question}</h2>
        <p class="hint">{weeks.length > 0 ? texts.audit.plotNote(held, owed) : texts.audit.noPlot}</p>
      </figcaption>
      {weeks.length > 0 && <Bars weeks={weeks} name={texts.audit.plotNote(held, owed)} />}
    </figure>
  );
}

function Bars({ weeks, name }: { weeks: readonly HeldWeek[]; name: string }) {
  const most = Math.max(...weeks.map(({ owed }) => owed));
  const base = TOP + HEIGHT;
  const width = weeks.length * STEP;
  const described = weeks.map(
    ({ week, held, owed }) => `${isoDayText(week)}: ${texts.audit.ofOwed(held, owed)}`,
  );
  return (
    <div class="plot-scroll" role="group" aria-label={texts.audit.question} tabIndex={0}>
      <svg
        width={width}
        height={base + 24}
        viewBox={`0 0 ${width} ${base + 24}`}
        role="img"
        aria-label={`${name} ${described.join(', ')}`}
      >
        {weeks.map(({ week, held, owed }, index) => {
          const x = index * STEP + (STEP - WIDTH) / 2;
          const full = (owed / most) * HEIGHT;
          const part = (held / most) * HEIGHT;
          return (
            <g key={week}>
              <rect class="plot-owed" x={x} y={base - full} width={WIDTH} height={full} />
              <rect class="plot-held" x={x} y={base - part} width={WIDTH} height={part} />
              <text x={x + WIDTH / 2} y={base - full - 6}>
                {texts.audit.ofOwed(held, owed)}
              </text>
              <text class="plot-week" x={x + WIDTH / 2} y={base + 18}>
                {isoDayText(week)}
              </text>
            </g>
          );
        })}
        <line class="plot-base" x1="0" x2={width} y1={base} y2={base} />
      </svg>
    </div>
  );
}
