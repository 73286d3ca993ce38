/** Starts a sweep: the command line, in a process that outlives this window. */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { isReportedError, WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { openRegularFile } from '../../common/regularFile';
import { sweepPaths, type SweepState } from '../../sweeps';
import { cliProgram } from '../cliProgram';
import type { CoreParts } from '../coreParts';
import { SETTINGS } from '../ids';
import { trainingEnvironment } from '../training/trainingEnvironment';

/** A process that was started here. */
export interface SweepProcess {
  /** Undefined while it runs. */
  readonly exitCode: () => number | null | undefined;
  /** Its log, and from where on it is this process's. */
  readonly log: string;
  readonly logOffset: number;
}

/**
 * Starts the process that trains what is queued.
 * @param args options of `epochlens sweep`, besides the engine
 * @throws InputError where the program is missing; WorkError where no process can be started
 */
export async function spawnSweep(
  { context, log }: CoreParts,
  { studyFile, folder }: SweepState,
  args: readonly string[],
): Promise<SweepProcess> {
  const program = cliProgram(context);
  const engine = vscode.workspace.getConfiguration(SETTINGS.section).get<string>(SETTINGS.engine, 'auto');
  await makeFolder(folder);
  const logFile = sweepPaths(folder).log;
  const output = await openRegularFile(logFile, 'a+');
  try {
    const logOffset = (await output.stat()).size;
    // In the desktop program `process.execPath` is Electron, which runs as Node only with this variable.
    const child = spawn(process.execPath, [program, 'sweep', studyFile, '--engine', engine, ...args], {
      cwd: dirname(studyFile),
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      env: { ...process.env, ...trainingEnvironment(), ELECTRON_RUN_AS_NODE: '1' },
      windowsHide: true,
    });
    let exitCode: number | null | undefined;
    child.once('exit', (code) => (exitCode = code));
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    log.info(`Sweeping ${studyFile}: process ${String(child.pid)}.`);
    return { exitCode: () => exitCode, log: logFile, logOffset };
  } catch (error) {
    if (isReportedError(error)) throw error;
    const found = error instanceof Error ? error.message : String(error);
    throw new WorkError(vscode.l10n.t('the sweep could not be started'), { file: program, found }, { cause: error });
  } finally {
    await output.close();
  }
}
