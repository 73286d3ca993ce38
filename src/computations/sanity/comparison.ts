/** What is compared: one method's maps at one checkpoint, with others of the same images. */
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { MapsOf } from '../heatmaps/mapsOf';

export interface Comparison {
  readonly of: MapsOf;
  readonly checkpoint: HashedCheckpoint;
  readonly check: Check;
}

export type Check =
  /** The runner-up's map in place of the predicted class's. */
  | { readonly kind: 'classSensitivity' }
  /** The same class's by weights of which some groups are re-drawn. */
  | { readonly kind: 'randomisation'; readonly groups: readonly string[]; readonly draw: number }
  /** The same class's by another run's checkpoint. */
  | { readonly kind: 'against'; readonly checkpoint: HashedCheckpoint };

/** How many maps of each image it takes beside those that are there. */
export function mapsEach({ check }: Comparison): number {
  return check.kind === 'randomisation' ? 1 : 2;
}
