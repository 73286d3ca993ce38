/** Sentences about what the numbers mean. */
import { changedText, FIXED_FOCUS, LABEL_FOCUS, restsText, settlingText } from '../../src/measures/drift';
import type { Attention } from '../../src/protocol/engine';
import type { CheckpointInfo } from '../../src/protocol/panelView';
import { isEnoughCompared } from '../../src/statistics';
import { estimateText } from './measures';

/**
 * When heatmaps settle.
 * @param kept the epochs of all checkpoints of the run
 */
export function settledText({ settling, epochs, images }: Attention, kept: readonly number[]): string {
  const usable = images.filter(({ points }) => points.length > 0);
  const known = usable.filter(({ points }) => points.at(-1)?.fromLast.spearman !== null);
  const before = known.filter(({ settled }) => settled !== null).length;
  const flat = usable.length - known.length;
  const unknown = flat === 0 ? '' : ` Of ${flat} the last heatmap is flat: of these nothing is known.`;
  const each = `Of ${usable.length} ${usable.length === 1 ? 'image' : 'images'}, ${before} settled before the last epoch.`;
  return `${settlingText(settling.target, { lookedAt: epochs.map(({ epoch }) => epoch), kept })} ${each}${unknown}`;
}

/** When heatmaps of one class settle, where the target is not one class already. */
export function oneClassText({ target, settling, epochs }: Attention, kept: readonly number[]): string {
  if (target === 'label') return '';
  const checkpoints = { lookedAt: epochs.map(({ epoch }) => epoch), kept };
  return [
    changedText(epochs),
    settlingText(settling.lastPrediction, checkpoints, FIXED_FOCUS),
    settling.label === null ? undefined : settlingText(settling.label, checkpoints, LABEL_FOCUS),
  ]
    .filter((text) => text !== undefined)
    .join(' ');
}

/** From this correlation with random weights on, heatmaps say little about what was learned. */
const SUSPICIOUS = 0.5;

/**
 * What the untrained checkpoint says about these numbers.
 * @param checkpoints all checkpoints of the run
 */
export function randomisationText(
  { randomisation, epochs }: Attention,
  checkpoints: readonly Pick<CheckpointInfo, 'epoch' | 'weights'>[],
): string {
  const last = epochs.at(-1)?.epoch ?? 0;
  if (randomisation === null) return noCheckText(epochs, checkpoints);
  const untrained = checkpoints.find(({ weights }) => weights === 'untrained')?.epoch ?? 0;
  const { spearman } = randomisation;
  const rests = restsText(randomisation);
  const which = `Randomisation check (Adebayo et al. 2018): heatmaps of the same class, at random weights (epoch ${untrained}) and at epoch ${last},`;
  if (spearman === null) return `${which} cannot be compared: of each image one of the two is flat.`;
  const how = `${which} correlate ${estimateText(spearman)}${rests === undefined ? '' : `, which ${rests}`}.`;
  if (!isEnoughCompared(randomisation)) return how;
  const { low = -1, high = 1 } = spearman.interval ?? {};
  if (high < SUSPICIOUS) return `${how} They differ: what the heatmaps show depends on what was learned.`;
  if (low >= SUSPICIOUS)
    return `${how} They are alike although nothing was learned at epoch ${untrained}: much of what the heatmaps show comes from the image and the architecture, not from training. Read them with care.`;
  return `${how} Whether they are alike (at least ${SUSPICIOUS}) cannot be told from chance with so many images.`;
}

function noCheckText(
  epochs: Attention['epochs'],
  checkpoints: readonly Pick<CheckpointInfo, 'epoch' | 'weights'>[],
): string {
  const shown = checkpoints.filter(({ epoch }) => epochs.some((point) => point.epoch === epoch));
  const start = shown.find(({ weights }) => weights === 'beforeTraining');
  return start === undefined
    ? 'No checkpoint here is known to be untrained, so there is no randomisation check.'
    : `Epoch ${start.epoch} did not begin with random weights, so it is no randomisation check.`;
}
