/** Every attack of the study, defined by its norm, distance, steps and starts. */
import { counted } from '../../common/counted';
import { distanceText } from '../../measures/attacks/title';
import type { RunContent } from '../content';
import type { AttacksContent } from '../studies';
import { entry } from './entry';

export function attackMethods({ studies }: RunContent) {
  const attacks = studies.attacks?.attacks ?? [];
  if (attacks.length === 0) return [];
  return [
    entry(
      'Accuracy under attack',
      'An image counts as right where it is classified rightly as it is and after every restart of the attack. It is an upper bound of the accuracy that an adversary leaves: the errors found are a lower bound, and stronger or adaptive attacks may find more. Where the single step finds more errors than several, where an attack without a bound leaves images right, or where gradients are nought, the gradients are masked, and the number says little.',
      'athalye2018obfuscated',
    ),
    ...attacks.map((each) =>
      entry(
        each.title,
        definition(each),
        each.attack.kind === 'fgsm' ? 'goodfellow2015explaining' : 'madry2018towards',
      ),
    ),
  ];
}

function definition({ attack, epochs }: AttacksContent['attacks'][number]): string {
  const { norm, epsilon, stepSize, steps, restarts, randomStart, seed } = attack;
  const along = norm === 'linf' ? 'the sign of the gradient' : 'the gradient, divided by its Euclidean length,';
  const start = randomStart
    ? `${counted(restarts, 'random start')} within the distance, drawn by seed ${seed}, the image and the restart`
    : 'from the image as it is';
  const images = Math.max(...epochs.map(({ attacked }) => attacked.of));
  return `${counted(steps, 'step')} of ${distanceText(stepSize)} along ${along} of the cross-entropy of the label, in ${norm === 'linf' ? 'L∞' : 'L2'} no farther than ${distanceText(epsilon)} from the image and within 0 … 1, of pixels in 0 … 1 before normalisation; ${start}. The first ${counted(images, 'test image')}; the network’s weights are not changed.`;
}
