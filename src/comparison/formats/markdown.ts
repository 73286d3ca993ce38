/** A table in Markdown, as GitHub renders it. */
import type { PrintedCell, PrintedTable } from './printed';

export function markdownTable({ caption, head, rows, texts }: PrintedTable): string {
  const lines = [
    line(head.map(escaped)),
    line(head.map((_, column) => (column < texts ? '---' : '---:'))),
    ...rows.map((row) => line(row.map(cellText))),
  ];
  return `${lines.join('\n')}\n\n${caption.map(escaped).join(' ')}\n`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cellText(cell: PrintedCell): string {
  if (cell === undefined) return '–';
  if (typeof cell === 'string') return escaped(cell);
  const text = plainValue(cell);
  return cell.bold ? `**${text}**` : text;
}

/** "93.10 ± 0.42 (n = 5)" */
export function plainValue({ mean, half, n, saysN }: Exclude<PrintedCell, string | undefined>): string {
  const value = half === undefined ? mean : `${mean} ± ${half}`;
  return saysN ? `${value} (n = ${n})` : value;
}

/** Names and settings are what people wrote: none of it is markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');
}
