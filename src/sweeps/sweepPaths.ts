/** Where the files of a sweep lie: FOLDER/.epochlens/sweeps/FILE, beside the runs. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { folderForRuns, runsFolder } from '../runs';

const SUFFIX = '.epochlens.json';

/**
 * Named after the study file, which is one in its folder, and not after the study, whose name another file may have as
 * well. Of a link it is that of the file that it leads to. @param path the study file, absolute
 */
export async function sweepFolder(path: string): Promise<string> {
  const runs = runsFolder(await folderForRuns(path));
  return join(dirname(runs), 'sweeps', basename(await realpath(path).catch(() => path), SUFFIX));
}

export interface SweepPaths {
  readonly queue: string;
  readonly runner: string;
  /** What became of each cell that somebody has worked on: a folder of a file each. */
  readonly outcomes: string;
  /** The one file that former programs wrote of all. */
  readonly formerOutcomes: string;
  /** The folder that whoever works on a cell holds meanwhile. @param id the cell's */
  readonly cell: (id: string) => string;
  /** What the process that runs it says it does. */
  readonly log: string;
  /** A folder that whoever changes the queue holds for a moment. */
  readonly queueLock: string;
}

export function sweepPaths(folder: string): SweepPaths {
  return {
    queue: join(folder, 'queue.json'),
    runner: join(folder, 'runner.json'),
    outcomes: join(folder, 'outcomes'),
    formerOutcomes: join(folder, 'outcomes.json'),
    cell: (id) => join(folder, 'cells', id),
    log: join(folder, 'log.txt'),
    queueLock: join(folder, 'queue-lock'),
  };
}
