/**
 * Kept logits: a .bin file for each checkpoint and the first so many images of a set, as they are or in a round of a
 * perturbation, float32 in the machine's byte order, [images, classes], just as the network gives them.
 */
import { endianness } from 'node:os';
import * as z from 'zod';
import { areFinite } from '../../common/scores';
import { perturbationSchema } from '../../perturbations';
import type { AboutResult } from './binaryResult';
import { loadBinaryResults, storeBinaryResult } from './results';

const LOGITS_KIND = 'logits';
/** Another number whenever the same inputs come to mean other values. */
export const LOGITS_METHOD = 'logits 1';

/** All that they depend on; without a draw they are of the images as they are. */
export const logitsInputsSchema = z.object({
  architecture: z.string(),
  /** How pixels become the network's input. */
  input: z.unknown(),
  /** sha256 of the checkpoint's file, and of the images and their labels, in hexadecimal. */
  checkpoint: z.string(),
  images: z.string(),
  draw: z.object({ perturbation: perturbationSchema, round: z.int().min(0) }).optional(),
});
export type LogitsInputs = z.output<typeof logitsInputsSchema>;

/** @param length images × classes @returns undefined where none are kept */
export async function loadLogits(
  folder: string,
  inputs: LogitsInputs,
  length: number,
): Promise<Float32Array | undefined> {
  let logits: Float32Array | undefined;
  await loadBinaryResults(folder, LOGITS_KIND, [keyOf(inputs)], (bytes) => {
    if (bytes.byteLength !== 4 * length) return;
    const values = new Float32Array(bytes.buffer, bytes.byteOffset, length).slice();
    if (areFinite(values)) logits = values;
  });
  return logits;
}

export async function storeLogits(
  folder: string,
  inputs: LogitsInputs,
  logits: Float32Array,
  about: AboutResult,
): Promise<void> {
  const bytes = new Uint8Array(logits.buffer, logits.byteOffset, logits.byteLength);
  await storeBinaryResult(folder, LOGITS_KIND, keyOf(inputs), bytes, about);
}

/** How many rounds and images an entry has, and what is expected of it, say nothing of one draw. */
function keyOf({ draw, ...inputs }: LogitsInputs) {
  return {
    ...inputs,
    method: LOGITS_METHOD,
    byteOrder: endianness(),
    draw: draw && {
      ...draw,
      perturbation: { ...draw.perturbation, rounds: undefined, images: undefined, expect: undefined },
    },
  };
}
