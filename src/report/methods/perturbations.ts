/** Every perturbation of the study, defined so that nobody takes its unit or its geometry for another. */
import { counted, wholeText } from '../../common/counted';
import { isRandom, perturbationDefinition, perturbationText, undoText, type Perturbation } from '../../perturbations';
import type { RunContent } from '../content';
import { entryName } from '../entryNames';
import { entry, group, type Methods } from './entry';

export const perturbationMethods: Methods = (run) => {
  const named = run.asked.perturbations.map((each, place) => ({ place, title: perturbationText(each), each }));
  return group(
    'Perturbations',
    named.map(({ each, ...name }) =>
      entry(
        entryName(name, named),
        `${perturbationDefinition(each)} ${drawsText(each, run)}${undoneText(each)}`,
        ...(each.kind === 'corruption' ? (['hendrycks2019benchmarking'] as const) : []),
      ),
    ),
  );
};

function drawsText(perturbation: Perturbation, { images: { test } }: RunContent): string {
  const { rounds, seed, images = test } = perturbation;
  const which =
    images >= test
      ? `All ${wholeText(test)} test images`
      : `The first ${wholeText(images)} of ${wholeText(test)} test images`;
  if (!isRandom(perturbation)) return `${which}, once each: nothing is drawn.`;
  return `${which}, ${counted(rounds, 'round')} each; every draw follows from the seed ${seed}, the image and the round, so that all checkpoints see the same pixels.`;
}

function undoneText(perturbation: Perturbation): string {
  const undone = undoText(perturbation);
  return undone === undefined
    ? ''
    : ` Before heatmaps are compared the perturbed one is ${undone}, and cells that the perturbed image does not show are left out.`;
}
