/** The engine's answers so far, by image and epoch. The values are raw; colours are added elsewhere. */
import { mapOfClass, type ClassHeatmaps } from '../../../src/explanations/classHeatmaps';
import { rowsOf } from '../../../src/protocol/heatmapRows';
import { indexOfLargest, softmax } from '../../../src/common/scores';
import { isFlat, sharedScale, type FloatMap, type Scale } from '../../../src/imaging/heatmap';
import type { ExplainedImage, ExplainMaps, ExplainStart, ImageReference } from '../../../src/protocol/engine';

/** A checkpoint's prediction for an image, with its heatmaps. */
export interface ImageResult {
  /** [classes] */
  readonly logits: Float32Array;
  /** Softmax of the logits. */
  readonly probabilities: readonly number[];
  readonly predicted: number;
  /** Whether there is a map of this class: of a method that maps one class, there is one. */
  readonly has: (target: number) => boolean;
  /** The raw map of a class, at the layer's resolution; each time the same object. @throws where there is none */
  readonly map: (target: number) => FloatMap;
  /** What the map of its one class should sum to; undefined of a method without a baseline. */
  readonly expectedSum: number | undefined;
  /** The map's range. */
  readonly range: (target: number) => Scale;
  readonly isFlat: (target: number) => boolean;
}

export interface Results {
  readonly classNames: readonly string[];
  readonly layer: ExplainStart['layer'] | undefined;
  readonly method: ExplainStart['method'] | undefined;
  image(key: string): ExplainedImage | undefined;
  cell(key: string, epoch: number): ImageResult | undefined;
  takeStart(start: ExplainStart, keys: readonly string[]): void;
  /** @returns the keys of the images in the answer */
  takeMaps(maps: ExplainMaps, keys: readonly string[]): string[];
  /** How many cells there are. */
  readonly size: number;
  /** Forgets the cells of all other images. */
  keepOnly(keys: ReadonlySet<string>): void;
  clear(): void;
}

/** An image's identity, as the engine names it. */
export function keyOf(reference: ImageReference): string {
  return reference.kind === 'file' ? reference.path : `${reference.set}:${reference.index}`;
}

export function createResults(): Results {
  const images = new Map<string, ExplainedImage>();
  const cells = new Map<string, ImageResult>();
  let start: ExplainStart | undefined;

  return {
    get classNames() {
      return start?.classNames ?? [];
    },
    get layer() {
      return start?.layer;
    },
    get method() {
      return start?.method;
    },
    image: (key) => images.get(key),
    cell: (key, epoch) => cells.get(cellKey(key, epoch)),
    takeStart(value, keys) {
      start = value;
      value.images.forEach((image, position) => images.set(keys[position] ?? image.name, image));
    },
    takeMaps(value, keys) {
      return rowsOf(value, start?.layer ?? { height: 0, width: 0 }).map(({ position, heatmaps }) => {
        const key = keys[position] ?? '';
        cells.set(cellKey(key, value.epoch), cellResult(heatmaps));
        return key;
      });
    },
    get size() {
      return cells.size;
    },
    keepOnly(keys) {
      for (const cell of cells.keys()) if (!keys.has(cell.slice(cell.indexOf(' ') + 1))) cells.delete(cell);
    },
    clear() {
      images.clear();
      cells.clear();
      start = undefined;
    },
  };
}

function cellKey(key: string, epoch: number): string {
  return `${epoch} ${key}`;
}

export function cellResult(heatmaps: ClassHeatmaps): ImageResult {
  const { logits, classes, expectedSum, height, width } = heatmaps;
  const probabilities = softmax(logits);
  const ranges: (Scale | undefined)[] = [];
  const known: (FloatMap | undefined)[] = [];
  const map = (target: number): FloatMap => {
    const values = mapOfClass(heatmaps, target);
    if (values === undefined) throw new Error(`no map of class ${target}`);
    return (known[target] ??= { height, width, values });
  };
  const range = (target: number): Scale => (ranges[target] ??= sharedScale([map(target)]));
  const predicted = indexOfLargest(logits);
  const has = (target: number): boolean => classes.includes(target);
  return { logits, probabilities, predicted, has, map, expectedSum, range, isFlat: (target) => isFlat(range(target)) };
}

export function labelOf(image: ExplainedImage | undefined): number | null {
  return image?.usable === true ? image.label : null;
}
