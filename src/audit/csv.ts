/** A value that a spreadsheet would take for a formula: it begins as one, in ASCII or in full width. */
const FORMULA = /^\s*[=+\-@\t\r\n＝＋－＠]/;

/**
 * One row of CSV as RFC 4180 has it: every field quoted, CRLF at the end. What a spreadsheet would run is made plain
 * text by an apostrophe before it.
 */
export function csvRow(fields: readonly (string | number | null)[]): string {
  return `${fields.map(quoted).join(',')}\r\n`;
}

function quoted(field: string | number | null): string {
  if (typeof field === 'number') return `"${field}"`;
  const text = field ?? '';
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}
