/**
 * Kept heatmaps: a .bin file for each image at each checkpoint and method, float32 in the machine's byte order: the
 * logits, [classes], then each class's raw map, [classes][height · width]. Of a method of the input's resolution, which
 * maps one class: the logits, [classes], then the class, what its map should sum to (0 where nothing is expected), and
 * the map, [height · width].
 */
import { endianness } from 'node:os';
import * as z from 'zod';
import { areFinite } from '../../common/scores';
import type { AboutResult } from './binaryResult';
import { loadBinaryResults, storeBinaryResult } from './results';

export const HEATMAPS_KIND = 'heatmaps';

const explanationKey = {
  /** The explanation method and the version of its maps: 'gradcam 1'. */
  method: z.string(),
  /** What the method was told; absent where it takes nothing. */
  parameters: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
};
/** How the heatmaps that a result rests on were made. Absent of 'gradcam 1', which was once the only way. */
export const explanationKeySchema = z.object(explanationKey).optional();

/** All that heatmaps depend on. */
export const heatmapInputsSchema = z.object({
  ...explanationKey,
  architecture: z.string(),
  layer: z.string(),
  /** How pixels become the network's input. */
  input: z.unknown(),
  /** sha256 of the checkpoint's file, and of the image's pixels, in hexadecimal. */
  checkpoint: z.string(),
  image: z.string(),
  /** Whose map it is, of a method that maps one class: the predicted class, or one by its number. */
  target: z.union([z.literal('predicted'), z.number()]).optional(),
});
export type HeatmapInputs = z.output<typeof heatmapInputsSchema>;

export interface HeatmapsSize {
  readonly classes: number;
  /** Of a map. */
  readonly height: number;
  readonly width: number;
}

export interface StoredHeatmaps {
  /** [classes] */
  readonly logits: Float32Array;
  /** Whose maps there are. */
  readonly classes: readonly number[];
  /** Raw, in the order of the classes, each [height · width]. */
  readonly maps: readonly Float32Array[];
  /** What the map of its one class should sum to, where that is known. */
  readonly expectedSum?: number | undefined;
  readonly height: number;
  readonly width: number;
}

/** In the order of the inputs, which all map one class or all do not; undefined where none are kept. Those of one call share their memory. */
export async function loadHeatmaps(
  folder: string,
  inputs: readonly HeatmapInputs[],
  { classes, height, width }: HeatmapsSize,
): Promise<readonly (StoredHeatmaps | undefined)[]> {
  const area = height * width;
  const isOfOneClass = inputs[0]?.target !== undefined;
  const length = isOfOneClass ? classes + 2 + area : classes * (1 + area);
  const every = Array.from({ length: classes }, (_, each) => each);
  const kept = new Array<StoredHeatmaps | undefined>(inputs.length).fill(undefined);
  // In one piece: a buffer for each of thousands costs more than to read it.
  const all = new Float32Array(inputs.length * length);
  await loadBinaryResults(folder, HEATMAPS_KIND, inputs.map(withByteOrder), (bytes, at) => {
    if (bytes.byteLength !== 4 * length) return;
    const values = all.subarray(at * length, (at + 1) * length);
    values.set(new Float32Array(bytes.buffer, bytes.byteOffset, length));
    // An older program kept what was no number.
    if (!areFinite(values)) return;
    const logits = values.subarray(0, classes);
    if (isOfOneClass) {
      const [ofClass = 0, expectedSum = 0] = values.subarray(classes, classes + 2);
      const map = values.subarray(classes + 2);
      kept[at] = { logits, classes: [ofClass], maps: [map], expectedSum, height, width };
      return;
    }
    const maps = every.map((target) => {
      const start = classes + target * area;
      return values.subarray(start, start + area);
    });
    kept[at] = { logits, classes: every, maps, height, width };
  });
  return kept;
}

export async function storeHeatmaps(
  folder: string,
  inputs: HeatmapInputs,
  heatmaps: Omit<StoredHeatmaps, 'height' | 'width'>,
  about: AboutResult,
): Promise<void> {
  const bytes = new Uint8Array(heatmapValues(heatmaps, inputs.target !== undefined).buffer);
  await storeBinaryResult(folder, HEATMAPS_KIND, withByteOrder(inputs), bytes, about);
}

function withByteOrder(inputs: HeatmapInputs) {
  return { ...inputs, byteOrder: endianness() };
}

/** As they are kept. */
export function heatmapValues(
  { logits, classes, maps, expectedSum = 0 }: Omit<StoredHeatmaps, 'height' | 'width'>,
  isOfOneClass: boolean,
): Float32Array<ArrayBuffer> {
  const head = isOfOneClass ? [...classes, expectedSum] : [];
  const values = new Float32Array(logits.length + head.length + maps.reduce((sum, { length }) => sum + length, 0));
  values.set(logits);
  values.set(head, logits.length);
  let at = logits.length + head.length;
  for (const map of maps) {
    values.set(map, at);
    at += map.length;
  }
  return values;
}
