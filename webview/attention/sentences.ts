/** What the numbers mean, in words. */
import type { Attention } from '../../src/protocol/attention';
import type { CheckpointInfo } from '../../src/protocol/panelView';
import { estimateText, SETTLED_AT } from './measures';

/** Where focus settles. */
export function settledText({ settled, epochs, images }: Attention): string {
  const last = epochs.at(-1)?.epoch ?? 0;
  const usable = images.filter(({ points }) => points.length > 0);
  const before = usable.filter((image) => image.settled !== null).length;
  const each = `Of ${usable.length} ${usable.length === 1 ? 'image' : 'images'}, ${before} settled before the last epoch.`;
  return settled === null
    ? `Focus does not settle before epoch ${last}: up to then the heatmaps still correlate less than ${SETTLED_AT} with the last ones, on average. ${each}`
    : `Focus settles at epoch ${settled}: from there on the heatmaps correlate at least ${SETTLED_AT} with those of epoch ${last}, on average. ${each}`;
}

/** A correlation with random weights from which on heatmaps say little about what was learned. */
const SUSPICIOUS = 0.5;

/** What the untrained checkpoint says about these numbers. @param checkpoints all of the run */
export function randomisationText(
  { randomisation, epochs }: Attention,
  checkpoints: readonly Pick<CheckpointInfo, 'epoch' | 'weights'>[],
): string {
  const last = epochs.at(-1)?.epoch ?? 0;
  if (randomisation === null) return noCheckText(epochs, checkpoints);
  const untrained = checkpoints.find(({ weights }) => weights === 'untrained')?.epoch ?? 0;
  const { spearman } = randomisation;
  const how = `Randomisation check (Adebayo et al. 2018): heatmaps of the same class, at random weights (epoch ${untrained}) and at epoch ${last}, correlate ${estimateText(spearman)}.`;
  if (spearman === null) return `${how} All of them are flat on one side: nothing can be said.`;
  return spearman.mean < SUSPICIOUS
    ? `${how} They differ: what the heatmaps show depends on what was learned.`
    : `${how} They are alike although nothing was learned at epoch ${untrained}: much of what the heatmaps show comes from the image and the architecture, not from training. Read them with care.`;
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
