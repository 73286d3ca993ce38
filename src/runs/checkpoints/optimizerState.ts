/** resume/: SGD's momentum buffer of the last two epochs, so that a damaged newest one costs an epoch and not the run. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runPaths } from '../paths';

const NAME = /^velocity-(\d{3,})\.safetensors$/;
/** So many epochs' stay: the newest and the one before. */
export const KEPT_OPTIMIZER_STATES = 2;

/** From the run folder, with '/'. */
export function optimizerStateFile(epoch: number): string {
  return `resume/velocity-${String(epoch).padStart(3, '0')}.safetensors`;
}

/** The epochs whose optimiser state is there, the newest first. */
export async function optimizerStateEpochs(folder: string): Promise<number[]> {
  const names = await readdir(runPaths(folder).resume).catch((): string[] => []);
  const epochs = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
  return epochs.filter(Number.isSafeInteger).sort((a, b) => b - a);
}

/** To be called once all that belongs to the newest epoch is on the disk. What cannot go now goes with the next epoch. */
export async function dropOlderOptimizerStates(folder: string): Promise<void> {
  for (const epoch of (await optimizerStateEpochs(folder)).slice(KEPT_OPTIMIZER_STATES))
    await rm(join(folder, optimizerStateFile(epoch)), { force: true }).catch(() => undefined);
}
