/**
 * `column = $n` for each known field that is present. Field names come from the column table and never from a
 * caller, so nothing of a request reaches the statement itself.
 */
export function assignments<T extends object>(
  patch: T,
  columns: Readonly<Record<keyof T & string, string>>,
  firstPlace: number,
): { sql: string; values: unknown[] } {
  const fields = (Object.keys(columns) as (keyof T & string)[]).filter((field) => patch[field] !== undefined);
  return {
    sql: fields.map((field, i) => `${columns[field]} = $${firstPlace + i}`).join(', '),
    values: fields.map((field) => patch[field]),
  };
}
