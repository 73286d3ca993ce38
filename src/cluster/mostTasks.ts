/** How many tasks the cluster lets one array have. */
import { isReportedError } from '../common/errors';
import { slurmCommand } from './slurmCommand';

/** Undefined where nobody says. */
export async function mostTasks(host: string | null): Promise<number | undefined> {
  try {
    return parseMostTasks(await slurmCommand(host, 'scontrol', ['show', 'config']));
  } catch (error) {
    // Then sbatch says whether it takes them.
    if (isReportedError(error)) return undefined;
    throw error;
  }
}

/**
 * Tasks are counted from 0, and MaxArraySize is one more than the largest index (slurm.conf).
 * @param text of `scontrol show config`
 */
export function parseMostTasks(text: string): number | undefined {
  const most = /^MaxArraySize\s*=\s*(\d+)\s*$/m.exec(text)?.[1];
  return most === undefined ? undefined : Number(most);
}
