/**
 * Parts of a test of robustness: a .json file for each range of its images, which a shard looked at. The whole test is
 * made of them, and then they are deleted.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { tallyPartSchema, type TallyPart } from '../../measures/robustness/tally';
import { runPaths } from '../paths';
import type { AboutResult } from './binaryResult';
import { jsonResults, readKeptResult } from './results';
import { robustnessInputsSchema, robustnessKey } from './robustness';

/** What a test depends on, and of how many images it is. */
const ofTestSchema = z.object({ ...robustnessInputsSchema.shape, of: z.int().min(1) });
export type InputsOfParts = z.output<typeof ofTestSchema>;

/** Images `start` … `end − 1` of those that the test is of. */
export const robustnessPartInputsSchema = z.object({
  ...ofTestSchema.shape,
  start: z.int().min(0),
  end: z.int().min(1),
});
export type RobustnessPartInputs = z.output<typeof robustnessPartInputsSchema>;

const parts = jsonResults(
  'robustnessParts',
  tallyPartSchema,
  ({ start, end, of, ...inputs }: RobustnessPartInputs) => ({ ...robustnessKey(inputs), of, start, end }),
);

export interface KeptPart {
  readonly value: TallyPart;
  /** What computed it, and in how large batches. */
  readonly about: AboutResult;
}

/** Undefined where there is none that is whole. */
export async function loadRobustnessPart(folder: string, inputs: RobustnessPartInputs): Promise<KeptPart | undefined> {
  const kept = await readKeptResult(folder, parts.nameOf(inputs));
  if (kept.state !== 'whole' || kept.origin === undefined) return undefined;
  const { data } = tallyPartSchema.safeParse(kept.value);
  return data && { value: data, about: kept.origin.about };
}

export function storeRobustnessPart(
  folder: string,
  inputs: RobustnessPartInputs,
  value: TallyPart,
  about: AboutResult,
): Promise<void> {
  return parts.store(folder, inputs, value, about);
}

/** Where the whole is kept they are of no more use. */
export async function deleteRobustnessParts(folder: string, inputs: readonly RobustnessPartInputs[]): Promise<void> {
  for (const each of inputs) await rm(join(runPaths(folder).results, parts.nameOf(each)), { force: true });
}
