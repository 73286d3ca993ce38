import { CALIBRATION_METHOD, calibrationInputsSchema, calibrationValue, calibrationValueSchema } from '../../../runs';
import { createPredictor } from '../../compute';
import { measuring } from '../../worker/worker';
import { jsonDifference } from '../compare';
import { testImagesOf } from '../keptImages';
import { goOn, recomputing } from '../recomputing';

export const calibration = recomputing(calibrationInputsSchema, CALIBRATION_METHOD, async (basis, asked, { value }) => {
  const { model, input, signal } = basis;
  const kept = calibrationValueSchema.parse(value);
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const set = await testImagesOf(basis, kept.n, asked.images);
  const predictor = createPredictor({ model, input, severalCheckpoints: false });
  const steps = { signal, yieldTurn: goOn, advance: () => undefined };
  const found = await predictor(checkpoint, { set, count: kept.n }, steps);
  const { classes } = model;
  const test = { logits: found, labels: set.labels.slice(0, kept.n), classes };
  const { scores } = await measuring.run('calibrate', { test, validation: undefined, perturbed: [] }, signal);
  return {
    of: `calibration of ${kept.n} test images at epoch ${checkpoint.epoch}`,
    difference: jsonDifference(kept, calibrationValue(kept.epoch, scores)),
    sameBatches: false,
  };
});
