/** The engine's answers so far, by image and epoch. The values are raw; colours are added elsewhere. */
import { isSigned } from '../../../src/explanations/descriptions';
import { mapOfClass, type ClassHeatmaps } from '../../../src/explanations/classHeatmaps';
import { rowsOf } from '../../../src/protocol/heatmapRows';
import { indexOfLargest, softmax } from '../../../src/common/scores';
import { isFlat, sharedScale } from '../../../src/imaging/heatmap';
import { rangedMap, type RangedMap } from './paint';
import type { ExplainedImage, ExplainMaps, ExplainStart, ImageReference } from '../../../src/protocol/engine';

/** A checkpoint's prediction for an image, with its heatmaps. */
export interface ImageResult {
  /** [classes] */
  readonly logits: Float32Array;
  /** Softmax of the logits. */
  readonly probabilities: readonly number[];
  readonly predicted: number;
  /** The classes of which there are maps: of a method that maps one class, those that were asked for so far. */
  readonly classes: readonly number[];
  /** The raw map of a class, each time the same object; undefined where there is none yet. */
  readonly heat: (target: number) => ClassHeat | undefined;
}

/** The raw map of a class, at the layer's resolution. */
export interface ClassHeat extends RangedMap {
  /** It is the same everywhere. */
  readonly flat: boolean;
  /** What it should sum to; undefined of a method without a baseline. */
  readonly expectedSum: number | undefined;
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
        const at = cellKey(key, value.epoch);
        cells.set(at, cellResult(heatmaps, isSigned(start?.method.id ?? ''), cells.get(at)));
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

/** @param before what was known of the same image at the same checkpoint: maps of other classes stay */
export function cellResult(heatmaps: ClassHeatmaps, signed: boolean, before?: ImageResult): ImageResult {
  const { logits, classes, expectedSum, height, width } = heatmaps;
  if (before !== undefined && classes.every((target) => before.classes.includes(target))) return before;
  const known: (ClassHeat | undefined)[] = [];
  const heat = (target: number): ClassHeat | undefined => {
    const earlier = known[target] ?? before?.heat(target);
    const values = mapOfClass(heatmaps, target);
    if (earlier !== undefined || values === undefined) return earlier;
    const map = { height, width, values };
    return (known[target] = { ...rangedMap(map, signed), flat: isFlat(sharedScale([map])), expectedSum });
  };
  return {
    logits,
    probabilities: softmax(logits),
    predicted: indexOfLargest(logits),
    classes: before === undefined ? classes : [...new Set([...before.classes, ...classes])],
    heat,
  };
}

export function labelOf(image: ExplainedImage | undefined): number | null {
  return image?.usable === true ? image.label : null;
}

/** The label; where that is predicted or not known, the next most probable class. */
export function otherClass(
  { predicted, probabilities }: Pick<ImageResult, 'predicted' | 'probabilities'>,
  label: number | null,
): number {
  if (label !== null && predicted !== label) return label;
  const others = probabilities.map((probability, index) => (index === predicted ? -1 : probability));
  return others.indexOf(Math.max(...others));
}
