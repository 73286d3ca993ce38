/** The same image over all epochs: a strip of small overlays, a slider, and a button that plays it. */
import { useSignalEffect, type Signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Scale } from '../../src/imaging/heatmap';
import type { CheckpointInfo } from '../../src/protocol/panelView';
import { checkpointName } from '../common/checkpointText';
import { shownPicture } from '../common/heat/pictures';
import { prefersReducedMotion } from '../common/motion';
import { percent } from '../common/text';
import { IconButton, Slider } from '../controls';
import { HeatStack } from '../heat';
import { imageAt, type HeatmapsState } from './heatmapsState';
import { shownCell } from './shownCell';
import { look } from './page';
import type { CellPlace } from './settings';

export interface FilmstripProperties {
  readonly state: HeatmapsState;
  readonly place: CellPlace;
  readonly scale: Scale | undefined;
  readonly isPlaying: Signal<boolean>;
  /** The checkpoint at an index is shown; one beyond the ends is the first or last. */
  readonly onIndex: (index: number) => void;
}

const RASTER = 48;
const STEP_MILLISECONDS = 600;
/** With reduced motion the pictures change slowly enough not to look like a movement. */
const CALM_STEP_MILLISECONDS = 1500;

export function Filmstrip({ state, place, scale, isPlaying, onIndex }: FilmstripProperties) {
  const { checkpoints } = state;
  const current = Math.max(
    checkpoints.findIndex((checkpoint) => checkpoint.epoch === place.epoch),
    0,
  );
  usePlaying(isPlaying, current, checkpoints.length - 1, onIndex);
  return (
    <section class="filmstrip" aria-label={l10n.t('Across epochs')}>
      <div class="transport">
        <IconButton
          label={isPlaying.value ? l10n.t('Pause (Space)') : l10n.t('Play (Space)')}
          icon={isPlaying.value ? 'pause' : 'play'}
          onClick={() => (isPlaying.value = !isPlaying.value)}
        />
        <Slider
          label={l10n.t('Epoch')}
          min={0}
          max={Math.max(checkpoints.length - 1, 0)}
          step={1}
          value={current}
          text={checkpoints[current] && checkpointName(checkpoints[current])}
          onInput={onIndex}
        />
      </div>
      <div class="strip">
        {checkpoints.map((checkpoint, index) => (
          <Frame
            key={checkpoint.epoch}
            state={state}
            place={place}
            checkpoint={checkpoint}
            isCurrent={index === current}
            scale={scale}
            onClick={() => onIndex(index)}
          />
        ))}
      </div>
    </section>
  );
}

interface FrameProperties extends Pick<FilmstripProperties, 'state' | 'scale'> {
  readonly place: CellPlace;
  readonly checkpoint: CheckpointInfo;
  readonly isCurrent: boolean;
  readonly onClick: () => void;
}

function Frame({ state, place, checkpoint, isCurrent, scale, onClick }: FrameProperties) {
  const button = useRef<HTMLButtonElement>(null);
  const name = checkpointName(checkpoint);
  const shown = shownCell(state, { ...place, epoch: checkpoint.epoch });
  const explained = imageAt(state, place.image);
  useLayoutEffect(() => {
    if (isCurrent) button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isCurrent]);
  return (
    <button ref={button} class="frame" tabIndex={-1} aria-label={name} aria-current={isCurrent} onClick={onClick}>
      <HeatStack
        picture={explained?.usable === true ? shownPicture(explained) : undefined}
        map={shown?.heat?.flat === true ? undefined : shown?.heat}
        scale={scale}
        appearance={look.appearance}
        raster={RASTER}
        flat={false}
      />
      <span class="number">{shown === undefined ? '…' : percent(shown.result.probabilities[shown.target] ?? 0)}</span>
      <span class="muted">{name}</span>
    </button>
  );
}

/** Plays to the end; at the end, from the start. */
function usePlaying(isPlaying: Signal<boolean>, current: number, last: number, onIndex: (index: number) => void): void {
  const latest = useRef({ current, last, onIndex });
  latest.current = { current, last, onIndex };
  useSignalEffect(() => {
    if (!isPlaying.value) return;
    if (latest.current.current >= latest.current.last) latest.current.onIndex(0);
    const timer = setInterval(
      () => {
        const { current: now, last: end, onIndex: show } = latest.current;
        if (now < end) show(now + 1);
        if (now + 1 >= end) isPlaying.value = false;
      },
      prefersReducedMotion() ? CALM_STEP_MILLISECONDS : STEP_MILLISECONDS,
    );
    return () => clearInterval(timer);
  });
}
