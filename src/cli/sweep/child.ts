/** A command of this program as a process of its own: what crashes there costs one cell. */
import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../../common/folders';
import { fileError } from '../../common/systemErrors';

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  /** What it says went wrong: its last sentence, without the program's name. */
  readonly error: string | undefined;
}

/** Of what it says so much is kept for the error. */
const KEPT = 20_000;

/** The reason of a signal that is raised as a scheduler's time is up: SIGTERM may follow, and asks for nothing more. */
export const TIME_IS_UP = 'the time is up';

/**
 * Runs it to its end. Asked to stop, it ends in its own way, and is waited for.
 * @param log the file that what it says is appended to @param env variables beside those of this process
 */
export async function runCommand(
  words: readonly string[],
  log: string,
  signal: AbortSignal,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  await makeFolder(dirname(log));
  const file = await open(log, 'a').catch((error: unknown) => {
    throw fileError('could not be written', log, error);
  });
  try {
    // In a group of its own: Ctrl-C would otherwise reach it twice, and the second time ends it at once.
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...words], {
      detached: true,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const stop = (): void => {
      child.kill(signal.reason === TIME_IS_UP ? 'SIGUSR2' : 'SIGTERM');
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const said = { stdout: '', stderr: '' };
    let writing: Promise<unknown> = Promise.resolve();
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] = name === 'stdout' ? said.stdout + text : (said.stderr + text).slice(-KEPT);
        if (name === 'stderr') writing = writing.then(() => file.appendFile(text)).catch(() => undefined);
      });
    }
    const ended = await new Promise<Pick<Ended, 'code' | 'signal'>>((settle, fail) => {
      child.on('error', fail).on('close', (code, by) => settle({ code, signal: by }));
    });
    signal.removeEventListener('abort', stop);
    await writing;
    return { ...ended, stdout: said.stdout, error: errorIn(said.stderr) };
  } finally {
    await file.close();
  }
}

const NAMED = 'epochlens: ';

function errorIn(stderr: string): string | undefined {
  const at = stderr.lastIndexOf(`\n${NAMED}`);
  if (at === -1 && !stderr.startsWith(NAMED)) return undefined;
  return stderr
    .slice(at + 1 + NAMED.length)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .join(' ')
    .trim();
}
