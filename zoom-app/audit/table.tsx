import { LOOKS } from '../look/states.ts';
import { texts } from '../look/texts.ts';
import { isoDayText, whenText } from '../look/times.ts';
import { State } from '../parts/shape.tsx';
import { Flags } from './flags.tsx';
import type { GridProps } from './grid.tsx';
import { heldPerWeek } from './held-per-week.ts';
import { pairName } from './pair-name.ts';

/** The grid's and the plot's data in words and numbers. */
export function StateTable({ grid, zone }: GridProps) {
  return (
    <>
      <div class="grid-scroll">
        <table class="rows">
          <caption class="unseen">{texts.audit.grid}</caption>
          <thead>
            <tr>
              {[texts.audit.pair, texts.audit.week, texts.audit.state, texts.audit.time].map((title) => (
                <th scope="col" key={title}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          {grid.pairs.map((pair) => (
            <tbody key={pair.pair}>
              {pair.cells.map((cell, index) => (
                <tr key={cell.key}>
                  {index === 0 && (
                    <th scope="rowgroup" rowSpan={pair.cells.length}>
                      {pairName(pair)} <Flags pair={pair} zone={zone} />
                    </th>
                  )}
                  <td>{isoDayText(cell.week)}</td>
                  <td>
                    <State look={LOOKS[cell.state]} />
                  </td>
                  <td>
                    <a href={`/series/${cell.series}`}>{whenText(cell.slot.start, zone)}</a>
                  </td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <HeldTable grid={grid} />
    </>
  );
}

function HeldTable({ grid }: Pick<GridProps, 'grid'>) {
  return (
    <table class="rows">
      <caption>{texts.audit.question}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.audit.week}</th>
          <th scope="col">{texts.audit.heldColumn}</th>
          <th scope="col">{texts.audit.owedColumn}</th>
        </tr>
      </thead>
      <tbody>
        {heldPerWeek(grid).map(({ week, held, owed }) => (
          <tr key={week}>
            <th scope="row">{isoDayText(week)}</th>
            <td>{held}</td>
            <td>{owed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
