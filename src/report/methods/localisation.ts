/** The measures of where relevance lies: their images, ranges and controls. */
import { counted } from '../../common/counted';
import { controlOf } from '../../measures/faithfulness/controls';
import { LOCALISATION_CONTROLS, LOCALISATION_MEASURES, type MeasureKey } from '../../measures/localisation/measures';
import { FOCUS_NOTE } from '../../measures/localisation/text';
import { capital } from '../../common/capital';
import type { RunContent } from '../content';
import { listed } from '../numbers';
import type { ReferenceKey } from '../references/entries';
import { entry, type MethodsEntry } from './entry';

const SOURCES: Readonly<Record<MeasureKey, ReferenceKey>> = {
  energy: 'wang2020scorecam',
  pointing: 'zhang2018excitation',
  mass: 'arras2022clevr',
  rank: 'arras2022clevr',
};

export function localisationMethods({ studies: { localisation } }: RunContent): MethodsEntry[] {
  if (localisation === undefined) return [];
  const { images, mosaics } = localisation;
  const masks =
    images === 0
      ? []
      : [
          ...LOCALISATION_MEASURES.map(({ key, name, description }) =>
            entry(capital(name), `${description} 0 to 1: 1 is all of it, 0 nothing.`, SOURCES[key]),
          ),
          entry(
            'Localisation',
            `Over ${counted(images, 'test image')}, the first, whose objects’ masks are known: the label’s map, enlarged to the image. Beside it maps that know nothing of the network (${listed(LOCALISATION_CONTROLS.map((id) => controlOf(id).name))}; seed 0), and the paired difference of the same image, with bootstrap intervals over images.`,
            'efron1993bootstrap',
          ),
        ];
  return mosaics === 0
    ? masks
    : [
        ...masks,
        entry(
          'Focus',
          `${FOCUS_NOTE} Over ${counted(mosaics, 'mosaic')}, whose classes, images and places are drawn by the seed 0, with bootstrap intervals over mosaics.`,
          'ariasduart2022focus',
        ),
      ];
}
