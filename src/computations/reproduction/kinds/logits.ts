import { inferenceBatchSize } from '../../../models/memory/inference';
import { LOGITS_METHOD, logitsInputsSchema } from '../../../runs';
import { validationImages } from '../../calibration/validationImages';
import { createPredictor } from '../../compute';
import { hashImages } from '../../robustness/testImages';
import { SkippedError } from '../basis';
import { arrayDifference } from '../compare';
import { goOn, recomputing } from '../recomputing';
import { floatsOf } from '../values';

export const logits = recomputing(logitsInputsSchema, LOGITS_METHOD, async (basis, asked, { about, value }) => {
  const { model, input, signal } = basis;
  const kept = floatsOf(value);
  const count = kept.length / model.classes;
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const { test, train } = await basis.dataset();
  const validation = await validationImages(basis.run, (work) => Promise.resolve(work(train)));
  const [name, set] = Object.entries({ test, ...(validation && { validation }) }).find(
    ([, each]) => count <= each.count && hashImages(each, count) === asked.images,
  ) ?? [undefined];
  if (set === undefined) throw new SkippedError('its images are no longer those of the data set');
  const { draw } = asked;
  const predictor = createPredictor({ model, input, severalCheckpoints: false });
  const found = await predictor(
    checkpoint,
    { set, count, draw: draw && { entry: draw.perturbation, round: draw.round } },
    { signal, yieldTurn: goOn, advance: () => undefined },
  );
  const how = draw === undefined ? '' : ` under ${draw.perturbation.kind}, round ${draw.round + 1},`;
  return {
    of: `logits of ${count} ${name} images${how} at epoch ${checkpoint.epoch}`,
    difference: arrayDifference(kept, found),
    sameBatches: about.batch?.size === inferenceBatchSize(model),
  };
});
