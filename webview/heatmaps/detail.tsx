/** One cell large: image, heatmap and overlay, probabilities, values, and the same image over all epochs. */
import { useSignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { accuracyText, className, imageName } from '../common/text';
import { IconButton } from '../controls';
import { answerText } from './cellText';
import { subtractedText } from './compared';
import { DetailPictures } from './detailPictures';
import { Filmstrip } from './filmstrip';
import { imageAt, isSignedAt, resultsAt, rowName, type HeatmapsState } from './heatmapsState';
import { isComputing, openLarge, scaleOf } from './page';
import { Probabilities } from './probabilities';
import { Readout } from './readout';
import { shownCell, type ShownCell } from './shownCell';
import type { CellPlace } from './settings';

export interface DetailProperties {
  readonly state: HeatmapsState;
  readonly place: CellPlace;
}

export function Detail({ state, place }: DetailProperties) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  /** The position at the layer's resolution that is read out. */
  const at = useSignal<{ readonly row: number; readonly column: number } | undefined>(undefined);
  const isPlaying = useSignal(false);
  const { image, epoch } = place;
  const shown = shownCell(state, place);
  const explained = imageAt(state, image);
  const scale = scaleOf.value(place);
  const less = subtractedText(state, place);
  const epochs = state.checkpoints.map((checkpoint) => checkpoint.epoch);
  const goTo = (index: number): void => {
    const to = epochs[Math.min(Math.max(index, 0), epochs.length - 1)];
    if (to !== undefined && to !== epoch) openLarge({ ...place, epoch: to });
  };
  const toImage = (by: number): void => {
    const at = state.rows.findIndex((row) => row.image === image && row.method === place.method);
    const to = state.rows[at + by];
    if (to !== undefined) openLarge({ ...to, epoch });
  };

  useLayoutEffect(() => dialog.current?.showModal(), []);

  function onKeyDown(event: KeyboardEvent): void {
    const inButton = event.target instanceof HTMLElement && event.target.matches('vscode-button, button');
    const keys: Readonly<Record<string, () => void>> = {
      ArrowUp: () => toImage(-1),
      ArrowDown: () => toImage(1),
      ArrowLeft: () => goTo(epochs.indexOf(epoch) - 1),
      ArrowRight: () => goTo(epochs.indexOf(epoch) + 1),
      ...(inButton ? {} : { ' ': () => (isPlaying.value = !isPlaying.value) }),
    };
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (act === undefined) return;
    act();
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <dialog
      ref={dialog}
      class="detail"
      aria-labelledby={title}
      onKeyDown={onKeyDown}
      onClose={() => openLarge(null)}
      // A click beside the dialog closes it.
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
    >
      <header>
        <IconButton label={l10n.t('Image above (↑)')} icon="previous" class="upwards" onClick={() => toImage(-1)} />
        <IconButton label={l10n.t('Image below (↓)')} icon="next" class="upwards" onClick={() => toImage(1)} />
        <div class="headline">
          <h2 id={title}>{titleOf(state, place, shown)}</h2>
          <p class="verdict" aria-live="polite">
            {answerText(state, place, shown, isComputing.value)} {accuracyOf(state, epoch)}
          </p>
        </div>
        <IconButton label={l10n.t('Close (Esc)')} icon="close" onClick={() => dialog.current?.close()} />
      </header>
      <DetailPictures
        explained={explained}
        shown={shown?.heat}
        name={less === undefined ? l10n.t('Heatmap') : l10n.t('Less {0}', less)}
        scale={scale}
        at={at}
      />
      <div class="facts">
        <Probabilities classNames={state.view.classNames} shown={shown} />
        <Readout
          layer={resultsAt(state, place).layer}
          shown={shown?.heat}
          signed={isSignedAt(state, place)}
          scale={scale}
          at={at}
        />
      </div>
      <Filmstrip state={state} place={place} scale={scale} isPlaying={isPlaying} onIndex={goTo} />
    </dialog>
  );
}

/** "test 1 · cat · epoch 3" */
function titleOf(state: HeatmapsState, place: CellPlace, shown: ShownCell | undefined): string {
  const { view, explanations } = state;
  const { image, epoch } = place;
  const label = shown?.label ?? null;
  const names = label === null ? [imageName(image)] : [imageName(image), className(view.classNames, label)];
  const method = explanations.length > 1 ? [rowName(state, place)] : [];
  return [...names, ...method, l10n.t('epoch {0}', epoch)].join(' · ');
}

function accuracyOf({ checkpoints }: HeatmapsState, epoch: number): string {
  const accuracy = accuracyText(checkpoints.find((checkpoint) => checkpoint.epoch === epoch)?.testAccuracy ?? null);
  return accuracy === '' ? '' : l10n.t('This checkpoint: {0} on the test set.', accuracy);
}
