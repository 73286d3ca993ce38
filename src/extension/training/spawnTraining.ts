/** Starts a training: the command line, in a process that outlives this window. */
import * as vscode from 'vscode';
import { spawn } from 'node:child_process';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isReportedError, WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { processStart } from '../../common/processes';
import { openRegularFile } from '../../common/regularFile';
import { runPaths } from '../../runs/paths';
import type { Launch } from '../runs/launches';

export interface TrainingRequest {
  /** The path of dist/cli.js. */
  readonly program: string;
  readonly studyFile: string;
  readonly studyName: string;
  readonly architecture: string;
  /** The run folder; with `resumes` an existing one. */
  readonly folder: string;
  readonly resumes: boolean;
  readonly engine: string;
  /** Variables that are added to this process's own environment. */
  readonly env: NodeJS.ProcessEnv;
}

/** @throws WorkError where no process can be started, or the run folder cannot be created */
export async function spawnTraining(request: TrainingRequest): Promise<Launch> {
  const { folder, studyFile, studyName, architecture, resumes } = request;
  await makeFolder(folder);
  const log = await openLog(folder);
  try {
    const launchedAt = new Date().toISOString();
    const logOffset = (await log.stat()).size;
    // In the desktop program `process.execPath` is Electron, which runs as Node only with this variable.
    const child = spawn(process.execPath, argumentsOf(request), {
      cwd: dirname(studyFile),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: { ...process.env, ...request.env, ELECTRON_RUN_AS_NODE: '1' },
      windowsHide: true,
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('spawn', () => resolve(child.pid as number));
      child.once('error', reject);
    });
    child.unref();
    // Other windows see the training before the program has written its own status.
    const { announceTraining } = await import('../../runs');
    await announceTraining(folder, { studyFile, studyName, architecture, pid });
    const start = processStart(pid);
    const identity = start === undefined ? { pid } : { pid, processStart: start };
    return { folder, studyName, studyFile, architecture, ...identity, launchedAt, logOffset, resumes };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new WorkError(
      vscode.l10n.t('the training could not be started'),
      { file: request.program, found },
      { cause: error },
    );
  } finally {
    await log.close();
  }
}

async function openLog(folder: string): Promise<FileHandle> {
  try {
    return await openRegularFile(runPaths(folder).log, 'a+');
  } catch (error) {
    if (isReportedError(error)) throw error;
    const found = error instanceof Error ? error.message : String(error);
    const advice = vscode.l10n.t('Choose a folder that you may write into, or change its permissions.');
    throw new WorkError(
      vscode.l10n.t('the log of the training cannot be opened'),
      { file: folder, found, advice },
      { cause: error },
    );
  }
}

function argumentsOf({ program, studyFile, architecture, folder, resumes, engine }: TrainingRequest): string[] {
  return [
    program,
    'train',
    studyFile,
    '--architecture',
    architecture,
    '--run',
    folder,
    '--engine',
    engine,
    ...(resumes ? ['--resume'] : []),
  ];
}
