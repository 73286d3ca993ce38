/** What says of which epoch an imported checkpoint is. */
import type { ImportedFile } from '../runs';
import { nameEpochsOf, type ToDate } from './epochs';
import { epochIn } from '../weights/facts';

export interface EpochRequest {
  /** Whether a person said the epochs. */
  readonly isGiven: boolean;
  /** Whether the file is the only one. */
  readonly isAlone: boolean;
}

/** @param epoch what was found: see `epochsOf` */
export function epochSource(
  file: ToDate,
  epoch: number,
  { isGiven, isAlone }: EpochRequest,
): NonNullable<ImportedFile['epochFrom']> {
  if (isGiven) return 'person';
  if (nameEpochsOf([file])[0] === epoch) return 'name';
  if (epochIn(file.metadata) === epoch) return 'file';
  // Of several it was told from what differs between their names.
  return isAlone ? 'nothing' : 'name';
}
