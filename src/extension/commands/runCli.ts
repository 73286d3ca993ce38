/** Runs the command line to its end and returns what it prints. This file does not import `vscode`. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CancelledError, WorkError } from '../../common/errors';
import { reasonIn } from '../training/logTail';

export interface CliOptions {
  readonly signal: AbortSignal;
  /** Variables that are added to this process's own environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each line of standard output and of standard error. */
  readonly onLine: (line: string) => void;
}

/** @throws CancelledError, or WorkError with the program's own message */
export async function runCli(
  program: string,
  args: readonly string[],
  { signal, env, onLine }: CliOptions,
): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, ELECTRON_RUN_AS_NODE: '1' },
    windowsHide: true,
  });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  let errors = '';
  createInterface(child.stdout).on('line', onLine);
  createInterface(child.stderr).on('line', (line) => {
    errors += `${line}\n`;
    if (line.trim() !== '') onLine(line);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => signal.removeEventListener('abort', stop));
  if (signal.aborted) throw new CancelledError();
  if (exitCode !== 0) throw new WorkError(reasonIn(errors));
}
