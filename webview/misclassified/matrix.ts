/** The confusion matrix: labels as rows, predictions as columns. A cell is chosen by a click or by keys. */
import { classScores, countOf, type ConfusionCell, type ConfusionMatrix } from '../../src/measures/misclassified';
import { counted } from '../../src/common/counted';
import { h, setAttribute } from '../common/dom';
import { className } from '../common/text';
import type { MisclassifiedState } from './misclassifiedState';

export interface MatrixView {
  readonly element: HTMLElement;
  update(model: MisclassifiedState): void;
}

interface CellElement {
  readonly element: HTMLElement;
  readonly cell: ConfusionCell;
}

export function createMatrix(onCell: (cell: ConfusionCell | null) => void): MatrixView {
  const table = h('table', { class: 'matrix', role: 'grid', 'aria-label': 'Confusion matrix: labels by predictions' });
  const waiting = h('p', { class: 'muted waiting' }, 'Waiting for the predictions…');
  let cells: CellElement[] = [];
  let recalls: HTMLElement[] = [];
  let names: readonly string[] = [];
  let chosen: ConfusionCell | undefined;
  let current = 0;

  function build(classNames: readonly string[]): void {
    names = classNames;
    cells = [];
    recalls = [];
    current = 0;
    table.style.setProperty('--classes', String(classNames.length));
    const heads = classNames.map((name) => h('th', { scope: 'col', title: `taken for ${name}` }, h('span', {}, name)));
    const rows = classNames.map((name, label) => {
      const recall = h('td', { class: 'recall' });
      recalls.push(recall);
      return h(
        'tr',
        {},
        h('th', { scope: 'row', title: name }, name),
        ...classNames.map((_, predicted) => make({ label, predicted })),
        recall,
      );
    });
    table.replaceChildren(
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('td', { class: 'corner' }),
          ...heads,
          h('th', { scope: 'col', class: 'recall' }, h('span', {}, 'recall')),
        ),
      ),
      h('tbody', {}, ...rows),
    );
  }

  function make(cell: ConfusionCell): HTMLElement {
    const element = h('td', {
      class: cell.label === cell.predicted ? 'cell right' : 'cell',
      role: 'gridcell',
      tabindex: -1,
    });
    const place = cells.length;
    element.addEventListener('click', () => {
      setCurrent(place);
      choose(cell);
    });
    cells.push({ element, cell });
    return element;
  }

  /** A second choice of the same cell clears it. */
  function choose(cell: ConfusionCell): void {
    onCell(chosen?.label === cell.label && chosen.predicted === cell.predicted ? null : cell);
  }

  function setCurrent(place: number): void {
    cells[current]?.element.setAttribute('tabindex', '-1');
    current = place;
    cells[current]?.element.setAttribute('tabindex', '0');
  }

  table.addEventListener('keydown', (event) => {
    const at = cells[current]?.cell;
    if (at === undefined) return;
    if (event.key === 'Enter' || event.key === ' ') choose(at);
    else {
      const place = moved(event.key, at, names.length);
      if (place === undefined) return;
      setCurrent(place);
      cells[place]?.element.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  });

  function show(matrix: ConfusionMatrix): void {
    const most = mostOf(matrix);
    for (const { element, cell } of cells) {
      const count = countOf(matrix, cell);
      const right = cell.label === cell.predicted;
      // Colours follow the square root, so that rare confusions differ from none.
      const share = Math.sqrt(count / Math.max(1, right ? most.right : most.wrong));
      element.textContent = count === 0 ? '' : String(count);
      element.style.setProperty('--share', `${(55 * share).toFixed(1)}%`);
      element.setAttribute('aria-label', cellText(names, cell, count));
      element.title = cellText(names, cell, count);
      const isChosen = chosen?.label === cell.label && chosen.predicted === cell.predicted;
      setAttribute(element, 'aria-selected', String(isChosen));
    }
    recalls.forEach((element, label) => {
      const { images, recall, precision } = classScores(matrix, label);
      element.textContent = recall === null ? '–' : `${(100 * recall).toFixed(0)} %`;
      element.title = `${counted(images, 'image')} of ${className(names, label)}; precision ${precision === null ? '–' : `${(100 * precision).toFixed(1)} %`}`;
    });
    if (cells.every(({ element }) => element.tabIndex === -1)) setCurrent(current);
  }

  return {
    element: h('div', { class: 'matrix-frame' }, table, waiting),
    update({ view, matrix, choice }) {
      chosen = typeof choice.scope === 'object' ? choice.scope : undefined;
      if (view.classNames.join('\n') !== names.join('\n')) build(view.classNames);
      table.hidden = matrix === undefined;
      waiting.hidden = matrix !== undefined;
      if (matrix !== undefined) show(matrix);
    },
  };
}

/** "cat taken for dog: 12 images" */
export function cellText(names: readonly string[], { label, predicted }: ConfusionCell, count: number): string {
  const images = counted(count, 'image');
  if (label === predicted) return `${className(names, label)} taken for what it is: ${images}`;
  return `${className(names, label)} taken for ${className(names, predicted)}: ${images}`;
}

/** The largest counts on and off the diagonal. */
export function mostOf(matrix: ConfusionMatrix): { right: number; wrong: number } {
  const most = { right: 0, wrong: 0 };
  matrix.counts.forEach((count, place) => {
    const kind = place % (matrix.classes + 1) === 0 ? 'right' : 'wrong';
    most[kind] = Math.max(most[kind], count);
  });
  return most;
}

/** The cell that a key leads to, counted row by row. */
export function moved(key: string, { label, predicted }: ConfusionCell, classes: number): number | undefined {
  const last = classes - 1;
  const within = (value: number): number => Math.min(Math.max(value, 0), last);
  switch (key) {
    case 'ArrowUp':
      return within(label - 1) * classes + predicted;
    case 'ArrowDown':
      return within(label + 1) * classes + predicted;
    case 'ArrowLeft':
      return label * classes + within(predicted - 1);
    case 'ArrowRight':
      return label * classes + within(predicted + 1);
    case 'Home':
      return label * classes;
    case 'End':
      return label * classes + last;
    default:
      return undefined;
  }
}
