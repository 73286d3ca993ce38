/** How sure the numbers are, which seeds they follow from, and what no interval here covers. */
import { INTERVALS_NOTE } from '../../statistics';
import type { RunContent } from '../content';
import { entry, group, type Methods } from './entry';

export const intervalMethods: Methods = (run) =>
  group('Intervals and seeds', [
    entry('95 % intervals', INTERVALS_NOTE, 'hall1992removal', 'wilson1927probable', 'korn1998confidence'),
    entry('What they cover', coverText(run)),
    entry('Seeds', seedsText(run)),
  ]);

function coverText({ run: { manifest } }: RunContent): string {
  const training = manifest.imported === undefined ? 'another seed of the training, ' : 'another training, ';
  return `Intervals are over test images: by how much a mean would vary with other images like these. They do not cover ${training}other seeds of perturbations and methods, other data, or the choice of the checkpoint, and they are not corrected for how many numbers there are.`;
}

function seedsText({ run: { manifest }, asked: { perturbations } }: RunContent): string {
  const seeds = [...new Set(perturbations.map(({ seed }) => seed))];
  const perturbed = seeds.length === 0 ? '' : ` Perturbations: ${seeds.join(', ')}.`;
  const training =
    manifest.imported === undefined
      ? `Training, random images and their order: ${manifest.seed}.`
      : `Random images and their order: ${manifest.seed}.`;
  return `${training}${perturbed} Seeds of heatmap methods stand among their settings.`;
}
