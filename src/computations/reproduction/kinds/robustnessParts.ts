import { createTally, tallyPartSchema, type TallyPart } from '../../../measures/robustness/tally';
import { inferenceBatchSize } from '../../../models/memory/inference';
import { ROBUSTNESS_METHOD, robustnessPartInputsSchema } from '../../../runs';
import { createMeasurer } from '../../compute';
import { jsonDifference, withPointIntervals } from '../compare';
import { testImagesOf } from '../keptImages';
import { explainedText, goOn, mapsOf, recomputing } from '../recomputing';

/** The part of a test of robustness that a shard has kept. */
export const robustnessParts = recomputing(
  robustnessPartInputsSchema,
  ROBUSTNESS_METHOD,
  async (basis, asked, { about, value }) => {
    const { model, signal } = basis;
    const { start, end, of: images } = asked;
    const kept = tallyPartSchema.parse(value);
    const checkpoint = basis.checkpoint(asked.checkpoint);
    const test = await testImagesOf(basis, images, asked.images);
    const of = mapsOf(basis, asked.layer, asked.explanation);
    const measure = createMeasurer({ ...of, test, severalCheckpoints: false });
    const entry = { ...asked.perturbation, images };
    const steps = { signal, yieldTurn: goOn, advance: () => undefined };
    const seen = await measure(checkpoint, entry, steps, undefined, { ranges: [{ start, end }] });
    const found = seen.part(start, end);
    // As whole tests are compared: these images' own.
    const numbersOf = (part: TallyPart): unknown => {
      const tally = createTally(end - start, entry);
      tally.put(0, part);
      return withPointIntervals(tally.measured());
    };
    return {
      of: `robustness to ${entry.kind} of images ${start} to ${end - 1} at epoch ${checkpoint.epoch}, ${explainedText(of)}`,
      difference: jsonDifference(numbersOf(kept), numbersOf(found)),
      sameBatches: about.batch?.size === inferenceBatchSize(model),
    };
  },
);
