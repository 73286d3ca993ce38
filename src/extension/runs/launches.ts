/**
 * Trainings that this window's workspace has started and that have not written status.json yet, because they are
 * loading data. The workspace's storage remembers them across a reload.
 */
import { rm } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import type { RunStatus } from '../../runs';
import { removeEmptyFolders } from '../../runs/finding/folders';
import { isProcessAlive, processFate } from '../../common/processes';
import type { RunSummary } from './runSummary';

export interface Launch {
  readonly folder: string;
  readonly studyName: string;
  readonly studyFile: string;
  /** The architecture that is trained. */
  readonly architecture: string;
  readonly pid: number;
  /** When its process started, as in status.json; absent where that is unknown. */
  readonly processStart?: string;
  /** ISO 8601. */
  readonly launchedAt: string;
  /** The offset in log.txt at which its output begins. */
  readonly logOffset: number;
  /** Whether the folder existed before, because it resumes a run. */
  readonly resumes: boolean;
  /** Whether a person has asked it to stop, so that its end is no failure. */
  readonly stopAsked?: boolean;
}

/** The methods of `vscode.Memento` that are used. */
interface Memory {
  get<T>(key: string, otherwise: T): T;
  update(key: string, value: unknown): Thenable<void>;
}

const KEY = 'launches';

export interface Launches {
  all(): readonly Launch[];
  add(launch: Launch): Promise<void>;
  remove(launch: Launch): Promise<void>;
}

export function rememberedLaunches(memory: Memory): Launches {
  const all = (): readonly Launch[] => memory.get<readonly Launch[]>(KEY, []);
  return {
    all,
    async add(launch) {
      await memory.update(KEY, [...all().filter(({ folder }) => folder !== launch.folder), launch]);
    },
    async remove(launch) {
      const others = all().filter(({ folder, pid }) => folder !== launch.folder || pid !== launch.pid);
      await memory.update(KEY, others);
    },
  };
}

/** 'begun': it has written status.json; 'dead': its process ended before that. */
export function launchState(launch: Launch, status: RunStatus | undefined): 'starting' | 'begun' | 'dead' {
  if (status !== undefined && isOf(status, launch)) return 'begun';
  return isRunning(launch) ? 'starting' : 'dead';
}

/** The clock decides only where start times are unknown, because it may have been set. */
function isOf(status: RunStatus, { pid, processStart, launchedAt }: Launch): boolean {
  if (status.pid !== pid) return false;
  if (status.processStart !== undefined && processStart !== undefined) return status.processStart === processStart;
  return status.startedAt >= launchedAt;
}

function isRunning({ pid, processStart, launchedAt }: Launch): boolean {
  if (processStart !== undefined) return processFate({ pid, host: hostname(), processStart }) !== 'gone';
  // A process id from before the machine was started may belong to another process now.
  return isProcessAlive(pid) && Date.parse(launchedAt) >= Date.now() - uptime() * 1000;
}

export type StartingLaunch = Pick<Launch, 'folder' | 'studyName' | 'studyFile' | 'architecture' | 'launchedAt'>;

/** The summary of a run that does not exist yet, or of the run that is resumed. */
export function startingRun(
  { folder, studyName, studyFile, architecture, launchedAt }: StartingLaunch,
  existing: RunSummary | undefined,
): RunSummary {
  if (existing !== undefined) return { ...existing, state: 'starting' };
  return {
    folder,
    id: basename(folder),
    studyName,
    studyFile,
    architecture,
    createdAt: launchedAt,
    state: 'starting',
    about: {},
    status: undefined,
    epochs: [],
    checkpoints: [],
  };
}

/** Removes what a training leaves that never began: a folder with only its log, in folders that may be new. */
export async function removeUnbegun({ folder, resumes }: Launch): Promise<void> {
  if (resumes) return;
  await rm(folder, { recursive: true, force: true });
  await removeEmptyFolders(dirname(folder), resolve(folder, '..', '..', '..'));
}
