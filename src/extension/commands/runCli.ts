/** Running the command line to its end, for what it prints. Knows nothing of `vscode`. */
import { spawn } from 'node:child_process';
import { CancelledError, WorkError } from '../../common/errors';
import { reasonIn } from '../training/logTail';

export interface CliOptions {
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** @throws CancelledError, or WorkError that says what the program said */
export async function runCli(program: string, args: readonly string[], { signal, onLine }: CliOptions): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    windowsHide: true,
  });
  const stop = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  let output = '';
  const take = (text: string): void => {
    output += text;
    const line = text.trim().split('\n').at(-1);
    if (line !== undefined && line !== '') onLine(line);
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => signal.removeEventListener('abort', stop));
  if (signal.aborted) throw new CancelledError();
  if (exitCode !== 0) throw new WorkError(reasonIn(output));
}
