/** The engine's answers so far, by image and epoch. The values are raw; colours are added elsewhere. */
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
  /** The raw map of a class, at the layer's resolution; each time the same object. */
  readonly map: (target: number) => FloatMap;
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
      const { height, width } = start?.layer ?? { height: 0, width: 0 };
      const classes = start?.classNames.length ?? 0;
      return value.images.map((position, row) => {
        const key = keys[position] ?? '';
        const logits = value.logits.subarray(row * classes, (row + 1) * classes);
        const length = classes * height * width;
        const maps = value.maps.subarray(row * length, (row + 1) * length);
        cells.set(cellKey(key, value.epoch), cellResult(logits, maps, height, width));
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

/** @param maps [classes, height, width] */
export function cellResult(logits: Float32Array, maps: Float32Array, height: number, width: number): ImageResult {
  const probabilities = softmax(logits);
  const area = height * width;
  const ranges: (Scale | undefined)[] = [];
  const known: (FloatMap | undefined)[] = [];
  const map = (target: number): FloatMap =>
    (known[target] ??= { height, width, values: maps.subarray(target * area, (target + 1) * area) });
  const range = (target: number): Scale => (ranges[target] ??= sharedScale([map(target)]));
  const predicted = indexOfLargest(logits);
  return { logits, probabilities, predicted, map, range, isFlat: (target) => isFlat(range(target)) };
}

export function labelOf(image: ExplainedImage | undefined): number | null {
  return image?.usable === true ? image.label : null;
}
