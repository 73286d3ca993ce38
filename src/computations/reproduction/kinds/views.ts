import { perturb } from '../../../perturbations';
import { PREDICTION_MAPS_METHOD, predictionMapInputsSchema, predictionValues } from '../../../runs';
import { predictSamplesAtCheckpoint } from '../../compute';
import { arrayDifference } from '../compare';
import { explainedText, goOn, mapsOf, recomputing } from '../recomputing';
import { doublesOf } from '../values';

export const views = recomputing(predictionMapInputsSchema, PREDICTION_MAPS_METHOD, async (basis, asked, { value }) => {
  const { signal } = basis;
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const image = await basis.image(asked.image);
  const { draw } = asked;
  const samplesOf = draw === undefined ? [] : [() => perturb(image, draw.perturbation, draw)];
  const of = mapsOf(basis, asked.layer, asked.explanation);
  const { clean, perturbed } = await predictSamplesAtCheckpoint({
    ...of,
    checkpoint,
    image,
    clean: undefined,
    samplesOf,
    signal,
    yieldTurn: goOn,
  });
  const found = predictionValues(perturbed[0] ?? clean, draw);
  const how = draw === undefined ? 'as it is' : `under ${draw.perturbation.kind}, round ${draw.round + 1}`;
  return {
    of: `the view of ${image.name} ${how} at epoch ${checkpoint.epoch}, ${explainedText(of)}`,
    difference: arrayDifference(doublesOf(value), found),
    sameBatches: false,
  };
});
