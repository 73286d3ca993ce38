/** One cell large: the clean image and heatmap beside the perturbed ones, with the probabilities of both. */
import type { ReadonlySignal, Signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import type { Position } from '../../common/gridKeys';
import type { Appearance } from '../../common/heat/appearance';
import { imageName } from '../../common/text';
import { IconButton } from '../../controls';
import { Figures, Probabilities, Similarities } from './detailParts';
import { CLEAN, perturbedOf, type ImageState } from './imageState';
import { nameAt, rowText, verdictText } from './words';

export interface DetailProperties {
  readonly of: ImageState;
  /** The cell that is open, undefined where none is. */
  readonly opened: Signal<Position | undefined>;
  readonly appearance: ReadonlySignal<Appearance>;
  readonly computing: boolean;
  /** Called with the last cell that was open. */
  readonly onClose: (at: Position) => void;
}

export function Detail({ of, opened, appearance, computing, onClose }: DetailProperties) {
  const dialog = useRef<HTMLDialogElement>(null);
  const at = opened.value;
  const isOpen = at !== undefined;
  useEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
  }, [isOpen]);

  function go(rows: number, columns: number): void {
    if (at === undefined) return;
    const within = (value: number, count: number): number => Math.min(Math.max(value, 0), count - 1);
    opened.value = {
      row: within(at.row + rows, of.rows.length),
      column: within(at.column + columns, of.checkpoints.length),
    };
  }

  function onKeyDown({ key }: KeyboardEvent): void {
    const [rows, columns] = ARROWS[key] ?? [0, 0];
    if (rows !== 0 || columns !== 0) go(rows, columns);
  }

  function closed(): void {
    opened.value = undefined;
    if (at !== undefined) onClose(at);
  }

  const row = at && of.rows[at.row];
  const checkpoint = at && of.checkpoints[at.column];
  return (
    <dialog
      ref={dialog}
      class="detail sight-detail"
      aria-labelledby="sight-title"
      onKeyDown={onKeyDown}
      onClose={closed}
      onClick={({ target, currentTarget }) => {
        // A click beside the dialog closes it.
        if (target === currentTarget) currentTarget.close();
      }}
    >
      {row !== undefined && checkpoint !== undefined && (
        <>
          <header>
            <IconButton label={l10n.t('Round above (↑)')} icon="previous" class="upwards" onClick={() => go(-1, 0)} />
            <IconButton label={l10n.t('Round below (↓)')} icon="next" class="upwards" onClick={() => go(1, 0)} />
            <IconButton label={l10n.t('Earlier checkpoint (←)')} icon="previous" onClick={() => go(0, -1)} />
            <IconButton label={l10n.t('Later checkpoint (→)')} icon="next" onClick={() => go(0, 1)} />
            <div class="headline">
              <h2 id="sight-title">
                {imageName(of.image)} · {rowText(row)} · {nameAt(of, checkpoint.epoch)}
              </h2>
              <p class="verdict" aria-live="polite">
                {verdictText(of, row, checkpoint.epoch, computing)}
              </p>
            </div>
            <IconButton label={l10n.t('Close (Esc)')} icon="close" onClick={() => dialog.current?.close()} />
          </header>
          <div class="pair">
            {(row.kind === 'clean' ? [row] : [CLEAN, row]).map((each) => (
              <Figures key={each.key} row={each} {...{ of, appearance }} epoch={checkpoint.epoch} />
            ))}
          </div>
          <div class="sight-facts">
            <Probabilities of={of} row={row} epoch={checkpoint.epoch} />
            <Similarities perturbed={perturbedOf(of, row, checkpoint.epoch)} />
          </div>
        </>
      )}
    </dialog>
  );
}

const ARROWS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
