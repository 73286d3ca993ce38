import { canonicalJson } from '../../../common/canonicalJson';
import { disposeWeights, loadWeights } from '../../../models/forward';
import { heatmapInputsSchema, heatmapValues } from '../../../runs';
import { readHashedCheckpoint } from '../../../weights/hashedCheckpoint';
import { explainImages } from '../../heatmaps/explain';
import { SkippedError } from '../basis';
import { arrayDifference } from '../compare';
import { explainedText, mapsOf, recomputing } from '../recomputing';
import { floatsOf } from '../values';

export const heatmaps = recomputing(heatmapInputsSchema, null, async (basis, asked, { about, value }) => {
  const { signal } = basis;
  const { input, ...explained } = mapsOf(basis, asked.layer, asked);
  const { model } = explained;
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const image = await basis.image(asked.image);
  const kept = floatsOf(value);
  // Rounding depends on a batch's size and on the place in it, and not on what else is in it.
  const { size, place = 0 } = about.batch ?? { size: 1 };
  const weights = loadWeights(await readHashedCheckpoint(checkpoint, model));
  try {
    const copies = Array.from({ length: size }, () => image);
    const results = await explainImages(explained, weights, copies, input, {
      signal,
      targets: copies.map(() => asked.target),
    });
    const result = results[place];
    if (result === undefined) throw new SkippedError('it names no place in its batch');
    const found = heatmapValues(result, asked.target !== undefined);
    const { classes } = model;
    const ofLogits = arrayDifference(kept.subarray(0, classes), found.subarray(0, classes));
    const ofMaps = arrayDifference(kept.subarray(classes), found.subarray(classes));
    return {
      of: `heatmaps of ${image.name} at epoch ${checkpoint.epoch}, ${explainedText(explained)}`,
      difference: Math.max(ofLogits, ofMaps),
      sameBatches: about.batch !== undefined && canonicalJson(result.batch) === canonicalJson({ size, place }),
    };
  } finally {
    disposeWeights(weights);
  }
});
