/** What a checkpoint looks at in an image, and the numbers of it. */
import { indexOfLargest } from '../../common/scores';
import type { FloatMap } from '../../imaging';
import type { AttentionImagePoint } from '../../protocol/attention';
import type { ClassMaps, ImageToExplain } from '../explain/explain';
import { isFlatMap, movement } from './movement';
import { centreOfMass, entropy, heatInMask } from './shape';

export interface Sight {
  readonly predicted: number;
  /** The class that the map is of. */
  readonly target: number;
  readonly map: FloatMap;
  /** The map of the class that the last checkpoint's is of. */
  readonly ofLastClass: FloatMap;
}

/** @param last the same image's at the last checkpoint; absent of that itself */
export function lookAt(
  { logits, maps, height, width }: ClassMaps,
  { label }: ImageToExplain,
  target: 'predicted' | 'label',
  last?: Sight,
): Sight {
  const predicted = indexOfLargest(logits);
  const chosen = target === 'predicted' ? predicted : (label ?? last?.target ?? predicted);
  // A copy: the maps of all classes would else stay in memory with it.
  const mapOf = (each: number): FloatMap => ({ height, width, values: (maps[each] as Float32Array).slice() });
  const map = mapOf(chosen);
  const lastClass = last?.target ?? chosen;
  return { predicted, target: chosen, map, ofLastClass: lastClass === chosen ? map : mapOf(lastClass) };
}

export function pointOf(
  epoch: number,
  { height, width, mask }: ImageToExplain,
  { map, predicted }: Sight,
  { previous, last }: { readonly previous: Sight | undefined; readonly last: Sight },
): AttentionImagePoint {
  const flat = isFlatMap(map);
  return {
    epoch,
    predicted,
    fromPrevious: previous === undefined ? null : movement(map, previous.map),
    fromLast: movement(map, last.map),
    centre: flat ? null : centreOfMass(map),
    entropy: flat ? null : entropy(map),
    inMask: flat || mask === undefined ? null : heatInMask(map, { height, width, values: mask }),
  };
}
