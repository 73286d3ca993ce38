/** Running other programs: pip, a compiler, Node itself. */
import { spawn } from 'node:child_process';
import { WorkError } from '../../common/errors';

export interface Outcome {
  readonly exitCode: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

export interface CommandOptions {
  readonly signal?: AbortSignal | undefined;
  readonly env?: NodeJS.ProcessEnv;
  /** The folder it runs in; this process's own by default. */
  readonly cwd?: string;
  readonly timeoutMilliseconds?: number;
  /** Called with every finished line of output. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a program to its end. It is ended when the signal says so.
 *
 * @throws WorkError when there is no such program; the signal's reason when it was ended
 */
export async function runCommand(program: string, args: readonly string[], options: CommandOptions): Promise<Outcome> {
  options.signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: options.signal,
      timeout: options.timeoutMilliseconds,
      env: options.env,
      cwd: options.cwd,
      windowsHide: true,
    });
    let output = '';
    let unfinished = '';
    const take = (text: string): void => {
      output += text;
      const lines = (unfinished + text).split(/\r?\n|\r/);
      unfinished = lines.pop() ?? '';
      for (const line of lines) options.onLine?.(line.trim());
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') reject(new WorkError(`there is no program "${program}" on this machine`));
      else if (error.name !== 'AbortError') reject(error);
    });
    // Only here, so that what the program was doing has ended before its files are removed.
    child.on('close', (exitCode) => {
      if (options.signal?.aborted === true) reject(options.signal.reason as Error);
      else resolve({ exitCode, output });
    });
  });
}

/** The end of a program's output, where it says what went wrong. */
export function lastLines(output: string, count = 3): string {
  return output.trim().split('\n').slice(-count).join(' ').trim();
}
