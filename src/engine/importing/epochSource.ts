/** What says of which epoch an imported checkpoint is. */
import { basename } from 'node:path';
import type { ImportedFile } from '../../runs';
import type { Dated } from './epochs';

/**
 * @param epoch what was found: see `epochsOf` @param isGiven whether a person said it @param isAlone whether the file is the
 *   only one
 */
export function epochSource(
  { path, metadata }: Dated,
  epoch: number,
  { isGiven, isAlone }: { readonly isGiven: boolean; readonly isAlone: boolean },
): NonNullable<ImportedFile['epochFrom']> {
  if (isGiven) return 'person';
  if (new RegExp(`(?:^|[^a-z])e(?:p(?:och)?s?)?[-_=. ]?0*${epoch}(?!\\d)`, 'i').test(basename(path))) return 'name';
  if (metadata['epoch'] !== undefined && Number(metadata['epoch']) === epoch) return 'file';
  // Of several it was told from what differs between their names.
  return isAlone ? 'nothing' : 'name';
}
