export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell of the grid; null for keys that lead nowhere. */
export function step(
  { row, column }: Place,
  key: string,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Place | null {
  const within = (value: number, size: number): number => Math.min(Math.max(value, 0), size - 1);
  switch (key) {
    case 'ArrowLeft':
      return { row, column: within(column - 1, columns) };
    case 'ArrowRight':
      return { row, column: within(column + 1, columns) };
    case 'ArrowUp':
      return { row: within(row - 1, rows), column };
    case 'ArrowDown':
      return { row: within(row + 1, rows), column };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns - 1 };
    default:
      return null;
  }
}
