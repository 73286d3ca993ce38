/** Running a VS Code server on this machine, for this machine alone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkError } from '../../../src/common/errors';
import { lastLines } from '../../../src/setup/native/commands';

export interface ServerOptions {
  /** The VS Code server's own folder, from `installServer`. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  /** Added to this process's environment; extensions see it. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export interface Server {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** `127.0.0.1:PORT`, as the authority of `vscode-remote:` addresses. */
  readonly authority: string;
  /** Resolves once the server has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** What it has printed. */
  readonly output: () => string;
  /** Ends the server and all that it started, except what detached itself. */
  readonly stop: () => Promise<void>;
}

const START_MILLISECONDS = 60_000;
const STOP_MILLISECONDS = 3_000;

/**
 * Starts the server on a free port and waits until it answers. It ends with this process at the latest.
 *
 * @throws WorkError when it does not start
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  await mkdir(options.dataFolder, { recursive: true });
  await mkdir(options.extensionsFolder, { recursive: true });
  const child = spawn(process.execPath, serverArguments(options), {
    cwd: options.folder,
    env: serverEnvironment(options.env),
    // A group of its own, so that it can be ended with everything it has started.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const take = (text: string): void => void (output = (output + text).slice(-1e6));
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const kill = (): void => killGroup(child, 'SIGKILL');
  process.once('exit', kill);
  void ended.then(() => process.removeListener('exit', kill));
  const stop = (): Promise<void> => stopGroup(child, ended);
  try {
    const port = await portOf(child, () => output, options.signal);
    const authority = `127.0.0.1:${port}`;
    return { address: `http://${authority}`, authority, ended, output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverArguments({ dataFolder, extensionsFolder }: ServerOptions): string[] {
  return [
    join('out', 'server-main.js'),
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--without-connection-token',
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
    '--server-data-dir',
    dataFolder,
    '--extensions-dir',
    extensionsFolder,
  ];
}

/** Without what a surrounding VS Code sets for its own programs. */
function serverEnvironment(more: ServerOptions['env']): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(inherited), ...more };
}

/** The server prints the port it has chosen once it listens. */
async function portOf(child: ChildProcess, output: () => string, signal?: AbortSignal): Promise<string> {
  const begin = Date.now();
  for (;;) {
    signal?.throwIfAborted();
    const port = /agent listening on (\d+)/.exec(output())?.[1];
    if (port !== undefined) return port;
    const gone = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    if (gone || Date.now() - begin > START_MILLISECONDS) {
      throw new WorkError('the VS Code server did not start', { found: lastLines(output(), 8) });
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function stopGroup(child: ChildProcess, ended: Promise<void>): Promise<void> {
  killGroup(child, 'SIGTERM');
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), STOP_MILLISECONDS);
  await ended;
  clearTimeout(timer);
  // Whatever of the group has outlived the server itself.
  killGroup(child, 'SIGKILL');
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone.
  }
}
