/**
 * Kept heatmaps: a .bin file for each image at each checkpoint and method, float32 in the machine's byte order: the
 * logits, [classes], then each class's raw map, [classes][height · width].
 */
import { endianness } from 'node:os';
import * as z from 'zod';
import { areFinite } from '../../common/scores';
import type { AboutResult } from './binaryResult';
import { loadBinaryResults, storeBinaryResult } from './results';

const HEATMAPS_KIND = 'heatmaps';

const explanationKey = {
  /** The explanation method and the version of its maps: 'gradcam 1'. */
  method: z.string(),
  /** What the method was told; absent where it takes nothing. */
  parameters: z.record(z.string(), z.unknown()).optional(),
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
  /** Raw, [classes][height · width]. */
  readonly maps: readonly Float32Array[];
  readonly height: number;
  readonly width: number;
}

/** In the order of the inputs; undefined where none are kept. Those of one call share their memory. */
export async function loadHeatmaps(
  folder: string,
  inputs: readonly HeatmapInputs[],
  { classes, height, width }: HeatmapsSize,
): Promise<readonly (StoredHeatmaps | undefined)[]> {
  const area = height * width;
  const length = classes * (1 + area);
  const kept = new Array<StoredHeatmaps | undefined>(inputs.length).fill(undefined);
  // In one piece: a buffer for each of thousands costs more than to read it.
  const all = new Float32Array(inputs.length * length);
  await loadBinaryResults(folder, HEATMAPS_KIND, inputs.map(withByteOrder), (bytes, at) => {
    if (bytes.byteLength !== 4 * length) return;
    const values = all.subarray(at * length, (at + 1) * length);
    values.set(new Float32Array(bytes.buffer, bytes.byteOffset, length));
    // An older program kept what was no number.
    if (!areFinite(values)) return;
    const maps = Array.from({ length: classes }, (_, target) => {
      const start = classes + target * area;
      return values.subarray(start, start + area);
    });
    kept[at] = { logits: values.subarray(0, classes), maps, height, width };
  });
  return kept;
}

export async function storeHeatmaps(
  folder: string,
  inputs: HeatmapInputs,
  { logits, maps }: { readonly logits: Float32Array; readonly maps: readonly Float32Array[] },
  about: AboutResult,
): Promise<void> {
  const bytes = new Uint8Array(heatmapValues(logits, maps).buffer);
  await storeBinaryResult(folder, HEATMAPS_KIND, withByteOrder(inputs), bytes, about);
}

function withByteOrder(inputs: HeatmapInputs) {
  return { ...inputs, byteOrder: endianness() };
}

/** As they are kept: the logits, then each class's map. */
export function heatmapValues(logits: Float32Array, maps: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const values = new Float32Array(logits.length + maps.reduce((sum, { length }) => sum + length, 0));
  values.set(logits);
  let at = logits.length;
  for (const map of maps) {
    values.set(map, at);
    at += map.length;
  }
  return values;
}
