/** The grid of the clean image and each round of each perturbation, by checkpoints. */
import { useSignal, type ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { CheckpointInfo } from '../../../src/protocol/panelView';
import { accuracyBelow, checkpointName, checkpointTitle } from '../../common/checkpointText';
import { move, type Position } from '../../common/gridKeys';
import type { Appearance } from '../../common/heat/appearance';
import { PictureStack } from '../../heat';
import { Cell } from './cell';
import { pictureOf, scalesOf, type ImageRow, type ImageState } from './imageState';
import { roundText } from './words';

export interface GridProperties {
  readonly of: ImageState;
  readonly appearance: ReadonlySignal<Appearance>;
  /** Whether what is missing will come. */
  readonly computing: boolean;
  readonly element: RefObject<HTMLDivElement | null>;
  /** What stands below the rows. */
  readonly note: string;
  readonly onOpen: (at: Position) => void;
  /** Measures the accuracy of imported checkpoints. */
  readonly onMeasure: () => void;
}

/** The step of Page Up and Page Down: about the visible rows. */
const PAGE = 3;

/** Narrower cells, in CSS pixels, have smaller captions. */
const SMALL = 150;

export function Grid({ of, appearance, computing, element, note, onOpen, onMeasure }: GridProperties) {
  /** The tab stop. */
  const current = useSignal<Position>({ row: 0, column: 0 });
  const { scale, cellSize } = appearance.value;
  const last = { row: of.rows.length - 1, column: of.checkpoints.length - 1 };
  useEffect(() => {
    const { row, column } = current.peek();
    current.value = { row: Math.min(row, last.row), column: Math.max(Math.min(column, last.column), 0) };
  }, [last.row, last.column]);

  const rows = useMemo(() => {
    const scaleOf = scalesOf(of, scale);
    return of.rows.map((row, index) => (
      <div key={row.key} class={`sight-row ${row.kind}`} role="row">
        <RowHead of={of} row={row} />
        {of.checkpoints.map(({ epoch }, column) => (
          <Cell
            key={epoch}
            at={{ row: index, column }}
            scale={scaleOf(row)}
            {...{ of, row, epoch, current, appearance, computing }}
          />
        ))}
      </div>
    ));
  }, [of, scale, computing]);

  function onKeyDown(event: KeyboardEvent): void {
    const at = positionOf(event.target);
    if (at === undefined) return;
    const next = move(event, at, last, PAGE);
    if (next !== undefined) focusCell(element.current, next);
    else if (event.key === 'Enter' || event.key === ' ') onOpen(at);
    else return;
    event.preventDefault();
  }

  return (
    <div class="scroller">
      <div
        ref={element}
        class={cellSize < SMALL ? 'sights small' : 'sights'}
        style={{ '--cell': `${cellSize}px` }}
        role="grid"
        aria-label={l10n.t('The image under perturbations, by checkpoints')}
        onKeyDown={onKeyDown}
        onFocusIn={({ target }) => (current.value = positionOf(target) ?? current.value)}
        onClick={({ target }) => {
          const at = positionOf(target);
          if (at !== undefined) onOpen(at);
        }}
      >
        <div class="sight-row heads" role="row">
          <div class="corner" role="columnheader">
            {l10n.t('Round')}
          </div>
          {of.checkpoints.map((checkpoint) => (
            <ColumnHead
              key={checkpoint.epoch}
              checkpoint={checkpoint}
              onMeasure={checkpoint.measurable && of.view.trusted ? onMeasure : undefined}
            />
          ))}
        </div>
        {rows}
      </div>
      <p class="image-note muted">{note}</p>
    </div>
  );
}

/** Of the cell that an event comes from. */
function positionOf(target: EventTarget | null): Position | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('.cell') : null;
  if (cell === null) return undefined;
  return { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
}

export function focusCell(grid: HTMLElement | null, { row, column }: Position): void {
  grid?.querySelector<HTMLElement>(`.cell[data-row="${row}"][data-column="${column}"]`)?.focus();
}

interface ColumnHeadProperties {
  readonly checkpoint: CheckpointInfo;
  /** Measures its accuracy, undefined where it cannot be. */
  readonly onMeasure: (() => void) | undefined;
}

function ColumnHead({ checkpoint, onMeasure }: ColumnHeadProperties) {
  return (
    <div class="sight-column" role="columnheader" title={checkpointTitle(checkpoint)}>
      <span class="epoch">{checkpointName(checkpoint)}</span>
      {onMeasure === undefined ? (
        <span class="accuracy muted">{accuracyBelow(checkpoint, '–')}</span>
      ) : (
        <button class="measure" title={l10n.t('Measure the accuracy on the test set')} onClick={onMeasure}>
          {l10n.t('Measure')}
        </button>
      )}
    </div>
  );
}

function RowHead({ of, row }: { readonly of: ImageState; readonly row: ImageRow }) {
  const picture = pictureOf(of, row);
  return (
    <div class="sight-head" role="rowheader">
      {picture !== undefined && <PictureStack picture={picture} class="thumbnail" aria-hidden="true" />}
      <span class="head-title">{row.kind === 'clean' ? l10n.t('Clean') : row.entry.title}</span>
      <span class="muted">{row.kind === 'clean' ? l10n.t('as it is') : roundText(of, row.at)}</span>
    </div>
  );
}
