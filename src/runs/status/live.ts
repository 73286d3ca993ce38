/** The trainings of a study that run at this moment, as the disk says, whoever has started them. */
import { fileIdentity, isSameFile } from '../../common/fileIdentity';
import type { LocatedStudy } from '../../study/index';
import { findRunFolders, foldersOf } from '../finding/find';
import { openRun } from '../open';
import { readStarting } from './starting';
import { effectiveState, readStatus, type RunStatus } from './status';

export interface LiveTraining {
  /** Absolute. */
  readonly folder: string;
  readonly pid: number;
  readonly host: string;
  /** When it was started, ISO 8601. */
  readonly since: string;
  /** Of what it trains: see `studyHash`. Undefined where that is not known. */
  readonly studyHash: string | undefined;
  /** Undefined while it loads data. */
  readonly status: RunStatus | undefined;
}

/**
 * The trainings of this file's study and architecture under its `.epochlens/runs`, those included that are only
 * starting; the longest-running first. A run folder that a command named elsewhere is not looked for.
 */
export async function liveTrainings({ path, study }: LocatedStudy): Promise<LiveTraining[]> {
  const found = await findRunFolders(await foldersOf(path));
  const own = await fileIdentity(path);
  const isSame = async (what: { studyFile: string; architecture: string }): Promise<boolean> =>
    what.architecture === study.model.architecture && isSameFile(await fileIdentity(what.studyFile), own);
  const live = await Promise.all(found.map((each) => liveIn(each, isSame)));
  return live.filter((training) => training !== undefined).sort((a, b) => (a.since < b.since ? -1 : 1));
}

async function liveIn(
  folder: string,
  isSame: (what: { studyFile: string; architecture: string }) => Promise<boolean>,
): Promise<LiveTraining | undefined> {
  const starting = await readStarting(folder);
  if (starting !== undefined) {
    const { pid, host, since, studyHash } = starting;
    return (await isSame(starting)) ? { folder, pid, host, since, studyHash, status: undefined } : undefined;
  }
  const status = await readStatus(folder);
  if (status === undefined || effectiveState(status) !== 'training') return undefined;
  const run = await openRun(folder).catch(() => undefined);
  // Of a run whose manifest cannot be read nobody knows what is trained: it may be this.
  const isOther = run && !(await isSame({ studyFile: run.studyFile, architecture: run.study.model.architecture }));
  if (isOther === true) return undefined;
  const { pid, host, startedAt } = status;
  return { folder, pid, host, since: startedAt, studyHash: run?.manifest.studyHash, status };
}
