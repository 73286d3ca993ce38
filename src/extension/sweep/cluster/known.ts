/** Whether there is a cluster to hand a sweep to. Nothing is started or asked to find out. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { succeeds } from '../../../common/succeeds';
import type { SweepState } from '../../../sweeps/sweepState';
import { knownHosts } from './options';

/** Whether Slurm's command is in PATH. */
export async function hasSbatch(): Promise<boolean> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = await Promise.all(folders.map((folder) => succeeds(access(join(folder, 'sbatch'), constants.X_OK))));
  return found.includes(true);
}

/** Of this window: lenses are drawn often. */
let isHere: Promise<boolean> | undefined;

/** Whether a login node is set, a cluster had a cell of this sweep before, or Slurm is on this machine. */
export async function knowsCluster({ cells }: Pick<SweepState, 'cells'>): Promise<boolean> {
  if (knownHosts().length > 0 || cells.some(({ task }) => task !== undefined)) return true;
  return (isHere ??= hasSbatch());
}
