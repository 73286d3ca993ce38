/** How maps of several methods are compared. */
import { counted } from '../../common/counted';
import { AGREEMENT_RULE } from '../../measures/agreement';
import type { RunContent } from '../content';
import { entry, type MethodsEntry } from './entry';

export function agreementMethods({ studies: { agreement } }: RunContent): MethodsEntry[] {
  if (agreement === undefined) return [];
  return [
    entry(
      'Agreement of methods',
      `Spearman’s rank correlation of two methods’ maps of the same image, −1 to 1: 1 is the same order of cells, 0 no relation; and what their highest fifths have in common, 0 to 1: two fifths at random have 0.2. Of the class that each checkpoint predicts, over ${counted(agreement.images, 'image')}. ${AGREEMENT_RULE} Methods that agree may be wrong together.`,
    ),
  ];
}
