/** The perturbed images of scores, batch by batch, as a thread beside the engine draws them. */
import type { Size } from '../../imaging/placement';
import { normalised, type InputSettings } from '../../models/normalise';
import { blurred } from '../../measures/faithfulness/blur';
import { CURVE_STEPS, drawCurve } from '../../measures/faithfulness/curves';
import { blackenCells, drawSubsets, SUBSETS } from '../../measures/faithfulness/muFidelity';
import { enlarged, greatestFirst, type SignedMap } from '../../measures/faithfulness/rank';
import { drawNoise, drawRoad, drawTies, ROAD_STEPS } from '../../measures/faithfulness/road/road';
import { NOISE_DRAWS, noisyImage } from '../../measures/faithfulness/sensitivity';

const RANGE = 255;

/** What is drawn of one image of a batch, which `image` names. */
export type ItemToDraw = { readonly image: number } & (
  | { readonly kind: 'black' | 'blurred' | 'noisy' }
  /** By the ranks of a map: the curves that are named, in this order. */
  | { readonly kind: 'map'; readonly map: SignedMap; readonly curves: readonly DrawnCurve[] }
  /** Without subsets of the cells of a map of this size. */
  | { readonly kind: 'cells'; readonly grid: Size }
);

export const DRAWN_CURVES = ['deletion', 'insertion', 'road'] as const;
export type DrawnCurve = (typeof DRAWN_CURVES)[number];

const IMAGES_OF_CURVES: Readonly<Record<DrawnCurve, number>> = {
  deletion: CURVE_STEPS - 1,
  insertion: CURVE_STEPS - 1,
  road: 2 * ROAD_STEPS,
};

export function imagesOfCurve(curve: DrawnCurve): number {
  return IMAGES_OF_CURVES[curve];
}

export function imagesOfItem(item: ItemToDraw): number {
  switch (item.kind) {
    case 'black':
    case 'blurred':
      return 1;
    case 'noisy':
      return NOISE_DRAWS;
    case 'map':
      return item.curves.reduce((sum, curve) => sum + imagesOfCurve(curve), 0);
    case 'cells':
      return SUBSETS;
  }
}

export interface BatchToDraw extends Size {
  /** RGB, 0 … 255, [images, height, width, 3]. */
  readonly pixels: Uint8Array;
  /** Of each image, what its draws follow from. */
  readonly keys: readonly (readonly (string | number)[])[];
  readonly items: readonly ItemToDraw[];
  /** Of ROAD's imputed values, as a share of the pixels' range. */
  readonly noise: number;
  /** How pixels become the network's input, where they have its size; absent, they stay as they are. */
  readonly input: Pick<InputSettings, 'mean' | 'std'> | undefined;
}

/** @returns the images of all items, one after the other, [n, height, width, 3] */
export function drawBatch({ pixels, keys, items, noise, input, height, width }: BatchToDraw): { images: Float32Array } {
  const length = height * width * 3;
  const size = { height, width };
  const images = new Float32Array(length * items.reduce((sum, item) => sum + imagesOfItem(item), 0));
  let at = 0;
  let prepared: PreparedImage | undefined;
  for (const item of items) {
    if (prepared?.image !== item.image)
      prepared = prepare(
        item.image,
        pixels.subarray(item.image * length, (item.image + 1) * length),
        size,
        noise,
        keys,
      );
    const end = at + length * imagesOfItem(item);
    drawItem(item, prepared, images.subarray(at, end));
    at = end;
  }
  return { images: input === undefined ? images : normalised(images, input) };
}

/** What several items of one image share. */
interface PreparedImage {
  readonly image: number;
  readonly size: Size;
  readonly key: readonly (string | number)[];
  readonly pixels: Float32Array;
  readonly soft: () => Float32Array;
  readonly ties: () => Uint32Array;
  readonly noise: () => ReturnType<typeof drawNoise>;
}

function prepare(
  image: number,
  bytes: Uint8Array,
  size: Size,
  noise: number,
  keys: BatchToDraw['keys'],
): PreparedImage {
  const pixels = Float32Array.from(bytes);
  const key = keys[image] as readonly (string | number)[];
  return {
    image,
    size,
    key,
    pixels,
    soft: once(() => blurred(pixels, size)),
    ties: once(() => drawTies(pixels.length / 3, key)),
    noise: once(() => drawNoise(pixels.length, noise * RANGE, key)),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function drawItem(item: ItemToDraw, prepared: PreparedImage, into: Float32Array): void {
  const { pixels, size, key } = prepared;
  switch (item.kind) {
    case 'black':
      return;
    case 'blurred':
      into.set(prepared.soft());
      return;
    case 'noisy':
      for (let draw = 0; draw < NOISE_DRAWS; draw++)
        into.set(noisyImage(pixels, [...key, draw], RANGE), draw * pixels.length);
      return;
    case 'cells':
      drawSubsets(item.grid.height * item.grid.width, key).forEach((cells, subset) => {
        const image = into.subarray(subset * pixels.length, (subset + 1) * pixels.length);
        image.set(pixels);
        blackenCells(image, size, item.grid, cells);
      });
      return;
    case 'map':
      drawCurves(item.map, item.curves, prepared, into);
  }
}

function drawCurves(map: SignedMap, curves: readonly DrawnCurve[], prepared: PreparedImage, into: Float32Array): void {
  const { pixels, size } = prepared;
  const values = enlarged(map, size);
  const order = once(() => greatestFirst(values));
  let at = 0;
  for (const curve of curves) {
    const part = into.subarray(at, (at += imagesOfCurve(curve) * pixels.length));
    if (curve === 'deletion') drawCurve(pixels, new Float32Array(pixels.length), order(), part);
    else if (curve === 'insertion') drawCurve(prepared.soft(), pixels, order(), part);
    else drawRoad(pixels, size, greatestFirst(values, prepared.ties()), part, prepared.noise());
  }
}
