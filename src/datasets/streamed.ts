/** Whether a set is in memory. */
import type { ImageSet, ImageSource, StreamedSet } from './types';

export function isStreamed(source: ImageSource): source is StreamedSet {
  return 'read' in source;
}

/** A set of a kind that is always in memory. @throws RangeError for another */
export function inMemory(source: ImageSource): ImageSet {
  if (isStreamed(source)) throw new RangeError('the set is not in memory');
  return source;
}
