import { measuredSchema } from '../../../measures/robustness/measured';
import { inferenceBatchSize } from '../../../models/memory/inference';
import { ROBUSTNESS_METHOD, robustnessInputsSchema } from '../../../runs';
import { createMeasurer } from '../../compute';
import { jsonDifference, withPointIntervals } from '../compare';
import { testImagesOf } from '../keptImages';
import { explainedText, goOn, mapsOf, recomputing } from '../recomputing';

export const robustness = recomputing(
  robustnessInputsSchema,
  ROBUSTNESS_METHOD,
  async (basis, asked, { about, value }) => {
    const { model, signal } = basis;
    const kept = measuredSchema.parse(value);
    const checkpoint = basis.checkpoint(asked.checkpoint);
    const test = await testImagesOf(basis, kept.images, asked.images);
    const of = mapsOf(basis, asked.layer, asked.explanation);
    const measure = createMeasurer({ ...of, test, severalCheckpoints: false });
    const entry = { ...asked.perturbation, images: kept.images };
    const seen = await measure(checkpoint, entry, { signal, yieldTurn: goOn, advance: () => undefined });
    const found = seen.measured();
    return {
      of: `robustness to ${entry.kind} at epoch ${checkpoint.epoch}, ${explainedText(of)}`,
      difference: jsonDifference(withPointIntervals(kept), withPointIntervals(found)),
      sameBatches: about.batch?.size === inferenceBatchSize(model),
    };
  },
);
