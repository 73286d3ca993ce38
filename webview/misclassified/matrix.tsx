/** The confusion matrix: labels as rows, predictions as columns. A cell is chosen by a click or by keys. */
import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ConfusionCell, ConfusionMatrix } from '../../src/measures/misclassified';
import { cellAt, createMatrixFiller, type MatrixFiller } from './matrixCells';
import { moved } from './matrixKeys';
import { waitingText } from './misclassifiedState';

export interface MatrixProperties {
  readonly classNames: readonly string[];
  /** Undefined while it is not known. */
  readonly matrix: ConfusionMatrix | undefined;
  readonly chosen: ConfusionCell | undefined;
  /** Called with null where the chosen cell is let go. */
  readonly onCell: (cell: ConfusionCell | null) => void;
}

/** The cells of a hundred classes are rendered once; then those that have changed are filled. */
export function Matrix({ classNames, matrix, chosen, onCell }: MatrixProperties) {
  const table = useRef<HTMLTableElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const filler = useRef<MatrixFiller>(undefined);
  const [current, setCurrent] = useState<ConfusionCell>({ label: 0, predicted: 0 });
  const names = classNames.join('\n');
  const grid = useMemo(() => <Grid key={names} classNames={classNames} />, [names]);

  useLayoutEffect(() => {
    if (table.current === null || frame.current === null) return;
    filler.current = createMatrixFiller(table.current, frame.current, classNames);
    return filler.current.stop;
  }, [names]);
  useLayoutEffect(() => {
    if (matrix !== undefined) filler.current?.fill(matrix);
  }, [matrix, names]);
  useMark(table, names, current, (cell, on) => (cell.tabIndex = on ? 0 : -1));
  useMark(table, names, chosen, (cell, on) => cell.setAttribute('aria-selected', String(on)));

  /** A second choice of the same cell lets it go. */
  function choose(cell: ConfusionCell): void {
    setCurrent(cell);
    onCell(chosen?.label === cell.label && chosen.predicted === cell.predicted ? null : cell);
  }

  function onClick({ target }: MouseEvent): void {
    const cell = target instanceof Element ? target.closest<HTMLTableCellElement>('td.cell') : null;
    const row = cell?.parentElement;
    // The first row and the first column are heads.
    if (cell !== null && row instanceof HTMLTableRowElement)
      choose({ label: row.rowIndex - 1, predicted: cell.cellIndex - 1 });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' || event.key === ' ') choose(current);
    else {
      const to = moved(event.key, current, classNames.length);
      if (to === undefined || table.current === null) return;
      setCurrent(to);
      cellAt(table.current, to)?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="matrix-frame" ref={frame}>
      <table
        ref={table}
        class="matrix"
        role="grid"
        aria-label={l10n.t('Confusion matrix: labels by predictions')}
        style={{ '--classes': classNames.length }}
        hidden={matrix === undefined}
        onClick={onClick}
        onKeyDown={onKeyDown}
      >
        {grid}
      </table>
      {matrix === undefined && <p class="muted waiting">{waitingText()}</p>}
    </div>
  );
}

function Grid({ classNames }: Pick<MatrixProperties, 'classNames'>) {
  return (
    <>
      <thead>
        <tr>
          <td class="corner" />
          {classNames.map((name) => (
            <th key={name} scope="col" title={l10n.t('taken for {0}', name)}>
              <span>{name}</span>
            </th>
          ))}
          <th scope="col" class="recall">
            <span>{l10n.t('recall')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {classNames.map((name, label) => (
          <tr key={name}>
            <th scope="row" title={name}>
              {name}
            </th>
            {classNames.map((other, predicted) => (
              <td
                key={other}
                class={label === predicted ? 'cell right' : 'cell'}
                role="gridcell"
                tabIndex={-1}
                aria-selected="false"
              />
            ))}
            <td class="recall" />
          </tr>
        ))}
      </tbody>
    </>
  );
}

/** Marks one cell, and no longer the one before. */
function useMark(
  table: { readonly current: HTMLTableElement | null },
  names: string,
  cell: ConfusionCell | undefined,
  mark: (cell: HTMLElement, on: boolean) => void,
): void {
  useLayoutEffect(() => {
    const element = cell && table.current !== null ? cellAt(table.current, cell) : undefined;
    if (element === undefined) return;
    mark(element, true);
    return () => mark(element, false);
  }, [names, cell?.label, cell?.predicted]);
}
