/** What is compared in the sanity checks, and when maps are taken for alike. */
import { counted } from '../../common/counted';
import { ALIKE_FROM } from '../../measures/sanity/points';
import { redrawnText } from '../../measures/sanity/text';
import type { RunContent } from '../content';
import { entry, type MethodsEntry } from './entry';

export function sanityMethods({ studies: { sanity } }: RunContent): MethodsEntry[] {
  if (sanity === undefined) return [];
  const redrawn = [
    ...new Set(
      sanity.methods.flatMap(({ randomisation }) => (randomisation === null ? [] : [redrawnText(randomisation)])),
    ),
  ];
  return [
    ...(sanity.methods.some(({ classSensitivity }) => classSensitivity !== null)
      ? [
          entry(
            'Class sensitivity',
            `Of each of the first ${counted(sanity.images, 'test image')}, the map of the predicted class against that of the runner-up.`,
            'adebayo2018sanity',
          ),
        ]
      : []),
    ...redrawn.map((text) =>
      entry(
        'Randomisation',
        `Maps of the trained network’s predicted class against those of the same class with layers re-drawn, from the head down and each alone, of the first ${counted(sanity.images, 'test image')}. ${text}`,
        'adebayo2018sanity',
      ),
    ),
    entry(
      'Alike and different maps',
      `By Spearman’s rank correlation of the maps before ReLU, −1 to 1, beside that with a random map (an even draw for each cell, seeded): different where the 95 % bootstrap interval over images is below ${ALIKE_FROM}, half of what a map has with itself; alike where it is from there on; else undecided. A flat map is compared with none.`,
      'efron1993bootstrap',
    ),
  ];
}
