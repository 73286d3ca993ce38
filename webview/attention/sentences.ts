/** What the numbers mean, in words. */
import type { Attention } from '../../src/protocol/attention';
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

/** What the untrained checkpoint says about these numbers. */
export function randomisationText({ randomisation, epochs }: Attention): string {
  const last = epochs.at(-1)?.epoch ?? 0;
  if (randomisation === null) {
    return epochs[0]?.epoch === 0
      ? 'Epoch 0 did not begin with random weights, so it is no randomisation check.'
      : 'There is no checkpoint of epoch 0, so there is no randomisation check.';
  }
  const { spearman } = randomisation;
  const how = `Randomisation check (Adebayo et al. 2018): heatmaps of the same class, at random weights (epoch 0) and at epoch ${last}, correlate ${estimateText(spearman)}.`;
  if (spearman === null) return `${how} All of them are flat on one side: nothing can be said.`;
  return spearman.mean < SUSPICIOUS
    ? `${how} They differ: what the heatmaps show depends on what was learned.`
    : `${how} They are alike although nothing was learned at epoch 0: much of what the heatmaps show comes from the image and the architecture, not from training. Read them with care.`;
}
