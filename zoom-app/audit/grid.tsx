import type { Grid } from '../../src/audit/audit.api.ts';
import { LOOKS } from '../look/states.ts';
import { texts } from '../look/texts.ts';
import { isoDayText, whenText } from '../look/times.ts';
import type { PageProps } from '../program/page-props.ts';
import { Shape } from '../parts/shape.tsx';
import { step } from './cell-steps.ts';
import { Flags } from './flags.tsx';
import { pairName } from './pair-name.ts';

export interface GridProps extends PageProps {
  readonly grid: Grid;
  readonly zone: string;
}

type Pair = Grid['pairs'][number];

/** Pairs by weeks as shapes. One cell is in the tab order; the arrow keys go on from there. */
export function StateGrid(props: GridProps) {
  const { grid } = props;
  return (
    <div class="grid-scroll">
      <table class="grid" role="grid" aria-label={texts.audit.grid} aria-describedby="grid-keys">
        <thead>
          <tr>
            <th scope="col">{texts.audit.pair}</th>
            {grid.weeks.map((week) => (
              <th scope="col" key={week}>
                {isoDayText(week)}
              </th>
            ))}
            <th scope="col">{texts.audit.flags}</th>
          </tr>
        </thead>
        <tbody>
          {grid.pairs.map((pair, row) => (
            <Row key={pair.pair} {...props} pair={pair} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ pair, row, ...props }: GridProps & { pair: Pair; row: number }) {
  return (
    <tr>
      <th scope="row">
        <span>{pair.rep.name}</span>
        <span class="quiet">{pair.manager.name}</span>
      </th>
      {props.grid.weeks.map((week, column) => (
        <Cell key={week} {...props} pair={pair} week={week} row={row} column={column} />
      ))}
      <td>
        <Flags pair={pair} zone={props.zone} />
      </td>
    </tr>
  );
}

interface CellProps extends GridProps {
  readonly pair: Pair;
  readonly week: string;
  readonly row: number;
  readonly column: number;
}

function Cell({ model, send, grid, zone, pair, week, row, column }: CellProps) {
  const cell = pair.cells.find((each) => each.week === week);
  const here = model.cell.row === row && model.cell.column === column;
  const attributes = {
    id: `cell-${row}-${column}`,
    tabIndex: here ? 0 : -1,
    'aria-label': nameOf(pair, week, cell, zone),
    onKeyDown: (event: KeyboardEvent) => {
      const to = step({ row, column }, event.key, { rows: grid.pairs.length, columns: grid.weeks.length });
      if (!to) return;
      event.preventDefault();
      send({ kind: 'CellEntered', ...to });
    },
    onFocus: () => here || send({ kind: 'CellEntered', row, column }),
  };
  return (
    <td role="gridcell" class={cell?.counts ? 'counts' : undefined}>
      {cell ? (
        <a {...attributes} href={`/series/${cell.series}`}>
          <Shape look={LOOKS[cell.state]} size={20} />
        </a>
      ) : (
        <span {...attributes} role="img" />
      )}
    </td>
  );
}

function nameOf(pair: Pair, week: string, cell: Pair['cells'][number] | undefined, zone: string): string {
  if (!cell) return texts.audit.emptyCell(pairName(pair), isoDayText(week));
  const { word } = LOOKS[cell.state];
  const name = texts.audit.cell(pairName(pair), isoDayText(week), word, whenText(cell.slot.start, zone));
  return cell.counts ? `${name}, ${texts.audit.countsToo}` : name;
}
