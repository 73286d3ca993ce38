/**
 * Parts of a test of robustness: a .json file for each range of its images, which a shard looked at. The whole test is
 * made of them, and then they are deleted.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tallyPartSchema, type TallyPart } from '../../measures/robustness/tally';
import { runPaths } from '../paths';
import type { AboutResult } from './binaryResult';
import { jsonResults, readKeptResult } from './results';
import { robustnessKey, type RobustnessInputs } from './robustness';

export interface RobustnessPartInputs extends RobustnessInputs {
  /** Images `start` … `end − 1` of those that the test is of. */
  readonly start: number;
  readonly end: number;
}

const parts = jsonResults('robustnessParts', tallyPartSchema, ({ start, end, ...inputs }: RobustnessPartInputs) => ({
  ...robustnessKey(inputs),
  start,
  end,
}));

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
