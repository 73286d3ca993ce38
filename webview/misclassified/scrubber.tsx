/** Chooses a checkpoint: a slider over all of them, with step buttons. */
import * as l10n from '@vscode/l10n';
import type { CheckpointInfo } from '../../src/protocol/panelView';
import { accuracyBelow, checkpointName, checkpointNote } from '../common/checkpointText';
import { IconButton, Slider } from '../controls';

export interface ScrubberProperties {
  readonly checkpoints: readonly CheckpointInfo[];
  readonly checkpoint: CheckpointInfo;
  readonly onEpoch: (epoch: number) => void;
}

export function Scrubber({ checkpoints, checkpoint, onEpoch }: ScrubberProperties) {
  const place = checkpoints.indexOf(checkpoint);
  const accuracy = accuracyBelow(checkpoint, '');
  const choose = (to: number): void => {
    const epoch = epochAt(checkpoints, to);
    if (epoch !== checkpoint.epoch) onEpoch(epoch);
  };
  return (
    <div class="scrubber field">
      <IconButton label={l10n.t('Previous checkpoint (,)')} icon="previous" onClick={() => choose(place - 1)} />
      <Slider
        label={l10n.t('Checkpoint')}
        min={0}
        max={checkpoints.length - 1}
        step={1}
        value={place}
        text={checkpointName(checkpoint)}
        onInput={choose}
      />
      <IconButton label={l10n.t('Next checkpoint (.)')} icon="next" onClick={() => choose(place + 1)} />
      <span class="epoch-text" role="status">
        {checkpointNote(checkpoint)}
        {accuracy !== '' && ` · ${accuracy}`}
      </span>
    </div>
  );
}

/** The epoch of the checkpoint at a place, or at the end that lies nearest to it. */
export function epochAt(checkpoints: readonly CheckpointInfo[], place: number): number {
  return checkpoints[Math.min(Math.max(place, 0), checkpoints.length - 1)]?.epoch ?? 0;
}
