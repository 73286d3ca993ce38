/** What a checkpoint looks at in an image, and the numbers of it. */
import { indexOfLargest } from '../../common/scores';
import type { FloatMap } from '../../imaging';
import type { Movement } from '../../measures/drift/movementMeasures';
import type { AttentionImagePoint, Moved } from '../../measures/drift/numbers';
import type { ClassHeatmaps, ImageToExplain } from '../heatmaps/explain';
import { mapOfClass } from '../../explanations/classHeatmaps';
import { isFlatMap, movement } from '../../measures/drift/movement';
import { centreOfMass, entropy, hasHeat, heatInMask } from '../../measures/drift/shape';

/** Maps of one class are one object. */
export interface ImageMaps {
  readonly predicted: number;
  /** Of the target: what this checkpoint predicts, or the label. */
  readonly map: FloatMap;
  /** Of classes that are the same at all checkpoints. */
  readonly fixed: {
    readonly lastPrediction: FloatMap;
    /** Null where the label is not known. */
    readonly label: FloatMap | null;
  };
}

/**
 * @param heatmaps of all classes that are compared
 * @param target of an image without a label, the last prediction in place of the label
 * @param last the same image's at the last checkpoint; absent of that itself
 */
export function imageMapsOf(
  heatmaps: ClassHeatmaps,
  { label }: ImageToExplain,
  target: 'predicted' | 'label',
  last?: ImageMaps,
): ImageMaps {
  const { height, width } = heatmaps;
  const predicted = indexOfLargest(heatmaps.logits);
  const lastPrediction = last?.predicted ?? predicted;
  const copies = new Map<number, FloatMap>();
  // A copy: the maps of all classes would else stay in memory with it.
  const mapOf = (each: number): FloatMap => {
    const map = copies.get(each) ?? { height, width, values: (mapOfClass(heatmaps, each) as Float32Array).slice() };
    copies.set(each, map);
    return map;
  };
  return {
    predicted,
    map: mapOf(target === 'predicted' ? predicted : (label ?? lastPrediction)),
    fixed: { lastPrediction: mapOf(lastPrediction), label: label === null ? null : mapOf(label) },
  };
}

export function pointOf(
  epoch: number,
  { height, width, mask }: ImageToExplain,
  imageMaps: ImageMaps,
  { previous, last }: { readonly previous: ImageMaps | undefined; readonly last: ImageMaps },
): AttentionImagePoint {
  const { map, predicted } = imageMaps;
  const pointsSomewhere = !isFlatMap(map) && hasHeat(map);
  const between = createComparison();
  const moved = (mapOf: (of: ImageMaps) => FloatMap): Moved => ({
    fromPrevious: previous === undefined ? null : between(mapOf(imageMaps), mapOf(previous)),
    fromLast: between(mapOf(imageMaps), mapOf(last)),
  });
  return {
    epoch,
    predicted,
    ...moved((of) => of.map),
    fixed: {
      lastPrediction: moved((of) => of.fixed.lastPrediction),
      label: imageMaps.fixed.label === null ? null : moved((of) => of.fixed.label as FloatMap),
    },
    centre: pointsSomewhere ? centreOfMass(map) : null,
    entropy: pointsSomewhere ? entropy(map) : null,
    inMask: pointsSomewhere && mask !== undefined ? heatInMask(map, { height, width, values: mask }) : null,
  };
}

/** Compares two maps once, however many classes they are of: mostly the prediction is the label at both checkpoints. */
function createComparison(): (a: FloatMap, b: FloatMap) => Movement {
  const known = new Map<FloatMap, Map<FloatMap, Movement>>();
  return (a, b) => {
    const ofFirst = known.get(a) ?? new Map<FloatMap, Movement>();
    known.set(a, ofFirst);
    const found = ofFirst.get(b) ?? movement(a, b);
    ofFirst.set(b, found);
    return found;
  };
}
