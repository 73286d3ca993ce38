/** A table in LaTeX, with the rules of the package booktabs. */
import type { PrintedCell, PrintedTable, PrintedValue } from './printed';

export function latexTable({ caption, head, rows, texts }: PrintedTable): string {
  const alignment = head.map((_, column) => (column < texts ? 'l' : 'r')).join('');
  return [
    '% \\usepackage{booktabs}',
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${caption.map(escaped).join(' ')}}`,
    `  \\begin{tabular}{${alignment}}`,
    '    \\toprule',
    `    ${head.map(escaped).join(' & ')} \\\\`,
    '    \\midrule',
    ...rows.map((row) => `    ${row.map(cellText).join(' & ')} \\\\`),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}

function cellText(cell: PrintedCell): string {
  if (cell === undefined) return '--';
  if (typeof cell === 'string') return escaped(cell);
  const text = valueText(cell);
  return cell.bold ? `\\textbf{${text}}` : text;
}

/** "$93.10 \pm 0.42$ ($n = 5$)"; of a bold one the digits are bold, too. */
function valueText({ mean, half, n, saysN, bold }: PrintedValue): string {
  const number = mean.replace('−', '-');
  const value = half === undefined ? number : `${number} \\pm ${half}`;
  const math = bold ? `$\\mathbf{${value}}$` : `$${value}$`;
  return saysN ? `${math} ($n = ${n}$)` : math;
}

const SIGNS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '−': '$-$',
  '±': '$\\pm$',
  '°': '$^\\circ$',
  '×': '$\\times$',
  σ: '$\\sigma$',
  ε: '$\\epsilon$',
  μ: '$\\mu$',
  '∞': '$\\infty$',
  '₂': '$_2$',
  '…': '\\ldots{}',
  '–': '--',
  '’': "'",
  '\u00a0': '~',
};

function escaped(text: string): string {
  return text.replace(
    /[\\~^−±°×σεμ∞₂…–’\u00a0]|[&%$#_{}]|\s+/g,
    (sign) => SIGNS[sign] ?? (/\s/.test(sign) ? ' ' : `\\${sign}`),
  );
}
