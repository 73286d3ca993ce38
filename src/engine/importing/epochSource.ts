/** What says of which epoch an imported checkpoint is. */
import type { ImportedFile } from '../../runs';
import { nameEpochsOf, type ToDate } from './epochs';
import { epochIn } from './facts';

/**
 * @param epoch what was found: see `epochsOf` @param isGiven whether a person said it @param isAlone whether the file is the
 *   only one
 */
export function epochSource(
  file: ToDate,
  epoch: number,
  { isGiven, isAlone }: { readonly isGiven: boolean; readonly isAlone: boolean },
): NonNullable<ImportedFile['epochFrom']> {
  if (isGiven) return 'person';
  if (nameEpochsOf([file])[0] === epoch) return 'name';
  if (epochIn(file.metadata) === epoch) return 'file';
  // Of several it was told from what differs between their names.
  return isAlone ? 'nothing' : 'name';
}
