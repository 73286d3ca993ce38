/** A table for other programs, RFC 4180. @param lineEnd the tables of heatmaps end their lines as Unix does */
export function csvText(rows: readonly (readonly (string | number)[])[], lineEnd: '\r\n' | '\n' = '\r\n'): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}${lineEnd}`).join('');
}

function csvCell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
