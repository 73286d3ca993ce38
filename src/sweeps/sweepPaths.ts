/** Where the files of a sweep lie: FOLDER/.epochlens/sweeps/STUDY, beside the runs. */
import { dirname, join } from 'node:path';
import { folderForRuns, runsFolder } from '../runs';
import type { LocatedStudy } from '../study';

export async function sweepFolder({ path, study }: Pick<LocatedStudy, 'path' | 'study'>): Promise<string> {
  const runs = runsFolder(await folderForRuns(path));
  return join(dirname(runs), 'sweeps', study.name);
}

export interface SweepPaths {
  readonly queue: string;
  readonly runner: string;
  /** What became of each cell that the runner has worked on. */
  readonly outcomes: string;
  readonly log: string;
  /** A folder that whoever changes the queue holds for a moment. */
  readonly queueLock: string;
}

export function sweepPaths(folder: string): SweepPaths {
  return {
    queue: join(folder, 'queue.json'),
    runner: join(folder, 'runner.json'),
    outcomes: join(folder, 'outcomes.json'),
    log: join(folder, 'log.txt'),
    queueLock: join(folder, 'queue-lock'),
  };
}
