/** Fills the cells of a confusion matrix. Of ten thousand, few change from one checkpoint to the next. */
import * as l10n from '@vscode/l10n';
import { classScores, countOf, type ConfusionCell, type ConfusionMatrix } from '../../src/measures/misclassified';
import { className, decimal } from '../common/text';
import { cellText, mostOf } from './matrixKeys';

export function cellAt(table: HTMLTableElement, { label, predicted }: ConfusionCell): HTMLElement | undefined {
  return table.tBodies[0]?.rows[label]?.cells[predicted + 1];
}

/** The height of a row in pixels, with the space between two. */
const ROW = 29;
const PAUSE_MILLISECONDS = 150;

export interface MatrixFiller {
  /** Fills what has changed: the rows in sight at once, the others once the person pauses. */
  readonly fill: (matrix: ConfusionMatrix) => void;
  readonly stop: () => void;
}

/** @param table with empty cells @param frame scrolls it */
export function createMatrixFiller(
  table: HTMLTableElement,
  frame: HTMLElement,
  names: readonly string[],
): MatrixFiller {
  const rows = Array.from(table.tBodies[0]?.rows ?? []);
  /** What each row shows. */
  const shown: (ConfusionMatrix | undefined)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function fillRows(matrix: ConfusionMatrix, from: number, to: number): void {
    for (let label = from; label < Math.min(to, rows.length); label++) {
      if (shown[label] !== matrix) fillRow(rows[label] as HTMLTableRowElement, label, matrix, shown[label], names);
      shown[label] = matrix;
    }
  }

  return {
    fill(matrix) {
      clearTimeout(timer);
      const most = mostOf(matrix);
      for (const kind of ['right', 'wrong'] as const)
        setProperty(table, `--most-${kind}`, Math.sqrt(rounded(most[kind])).toFixed(2));
      const first = Math.floor(frame.scrollTop / ROW);
      fillRows(matrix, first, first + Math.ceil(innerHeight / ROW));
      timer = setTimeout(() => fillRows(matrix, 0, rows.length), PAUSE_MILLISECONDS);
    },
    stop: () => clearTimeout(timer),
  };
}

function fillRow(
  { cells }: HTMLTableRowElement,
  label: number,
  matrix: ConfusionMatrix,
  before: ConfusionMatrix | undefined,
  names: readonly string[],
): void {
  for (let predicted = 0; predicted < matrix.classes; predicted++) {
    const cell = { label, predicted };
    const count = countOf(matrix, cell);
    if (before !== undefined && count === countOf(before, cell)) continue;
    fill(cells[predicted + 1] as HTMLElement, count, cellText(names, cell, count));
  }
  fillRecall(cells[matrix.classes + 1] as HTMLElement, matrix, label, names);
}

function fill(cell: HTMLElement, count: number, text: string): void {
  cell.textContent = count === 0 ? '' : String(count);
  // Colours follow the square root, so that rare confusions differ from none.
  cell.style.setProperty('--root', Math.sqrt(count).toFixed(2));
  cell.setAttribute('aria-label', text);
  cell.title = text;
}

function fillRecall(cell: HTMLElement, matrix: ConfusionMatrix, label: number, names: readonly string[]): void {
  const { images, recall, precision } = classScores(matrix, label);
  const text = recall === null ? '–' : `${(100 * recall).toFixed(0)} %`;
  const [of, exactly] = [
    className(names, label),
    precision === null ? '–' : decimal(`${(100 * precision).toFixed(1)} %`),
  ];
  const title =
    images === 1
      ? l10n.t('1 image of {0}; precision {1}', of, exactly)
      : l10n.t('{0} images of {1}; precision {2}', images, of, exactly);
  if (cell.textContent !== text) cell.textContent = text;
  if (cell.title !== title) cell.title = title;
}

/** The next power of two: where the strongest colour stands for another count, every cell is drawn anew. */
function rounded(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, count)));
}

function setProperty({ style }: HTMLElement, name: string, value: string): void {
  if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
}
