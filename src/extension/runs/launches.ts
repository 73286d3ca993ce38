/**
 * Trainings that this window's workspace has started and that have not begun yet: they load data, and have not said in
 * status.json that they are there. Remembered by the workspace, so that a reloaded window knows of them.
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
  /** Of the network that is trained. */
  readonly architecture: string;
  readonly pid: number;
  /** When its process started, as status.json has it; absent where that is not known. */
  readonly processStart?: string;
  /** ISO 8601. */
  readonly launchedAt: string;
  /** Where in log.txt its output begins. */
  readonly logOffset: number;
  /** Its folder was there before: it goes on with a run. */
  readonly resumes: boolean;
  /** A person has asked it to stop: that it ends is no failure. */
  readonly stopAsked?: boolean;
}

/** What `vscode.Memento` has. */
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

/** 'begun': status.json is its; 'dead': its process ended before that. */
export function launchState(launch: Launch, status: RunStatus | undefined): 'starting' | 'begun' | 'dead' {
  if (status !== undefined && isOf(status, launch)) return 'begun';
  return isRunning(launch) ? 'starting' : 'dead';
}

/** The clock decides only where starts are not known: it may have been set since. */
function isOf(status: RunStatus, { pid, processStart, launchedAt }: Launch): boolean {
  if (status.pid !== pid) return false;
  if (status.processStart !== undefined && processStart !== undefined) return status.processStart === processStart;
  return status.startedAt >= launchedAt;
}

function isRunning({ pid, processStart, launchedAt }: Launch): boolean {
  if (processStart !== undefined) return processFate({ pid, host: hostname(), processStart }) !== 'gone';
  // From before the machine was started, its id may be another process's by now.
  return isProcessAlive(pid) && Date.parse(launchedAt) >= Date.now() - uptime() * 1000;
}

export type StartingLaunch = Pick<Launch, 'folder' | 'studyName' | 'studyFile' | 'architecture' | 'launchedAt'>;

/** The run that is to be, before there is anything of it; or, when it goes on with one, that one. */
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
    status: undefined,
    epochs: [],
    checkpoints: [],
  };
}

/** What a training that never began leaves: a folder with nothing but its log, in folders that may be new, too. */
export async function removeUnbegun({ folder, resumes }: Launch): Promise<void> {
  if (resumes) return;
  await rm(folder, { recursive: true, force: true });
  await removeEmptyFolders(dirname(folder), resolve(folder, '..', '..', '..'));
}
