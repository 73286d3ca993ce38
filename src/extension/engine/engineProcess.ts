/** The engine's process: starting it, its message channel, and its output. This file does not import `vscode`. */
import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { engineWord } from '../../common/engineWords';
import type { EngineClientContract, EngineContract, StartedEngine } from '../../protocol/engine';
import type { Peer } from '../../protocol/peer';

/** The methods of `vscode.LogOutputChannel` that are used. */
export interface EngineLog {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/** Loads the contract while the process starts, because its schemas would slow down an editor that requests nothing. */
export async function peerOf(
  child: ChildProcess,
  log: EngineLog,
  started: (engine: StartedEngine) => void,
): Promise<Peer<EngineClientContract, EngineContract>> {
  const [{ createPeer }, { engineClientContract, engineContract }] = await Promise.all([
    import('../../protocol/peer'),
    import('../../protocol/engine'),
  ]);
  const peer = createPeer({
    mine: engineClientContract,
    handlers: {},
    theirs: engineContract,
    listeners: {
      started: (engine) => {
        log.info(`Engine: ${engineWord(engine.name)} (${engine.version}, ${engine.device}), ${engine.reason}`);
        started(engine);
      },
    },
    // The end of the process reports a closed channel.
    send: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    onWarning: (text, error) => {
      log.error(
        `Engine channel: ${text}${error === undefined ? '' : `: ${error instanceof Error ? error.message : JSON.stringify(error)}`}`,
      );
    },
  });
  // No message is missed: the process sends nothing before it is asked.
  child.on('message', (message) => {
    peer.receive(message);
  });
  return peer;
}

/** @param env variables that are added to this process's own environment */
export function forkEngine(program: string, choice: string, env: NodeJS.ProcessEnv): ChildProcess {
  return fork(program, [choice], {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // The editor's own Node options, such as its debugger's port, are not passed on.
    execArgv: [],
    // In the desktop editor `process.execPath` is Electron, which runs as Node only with this variable.
    env: { ...process.env, ...env, ELECTRON_RUN_AS_NODE: '1' },
  });
}

/** @returns the last lines of output, which grow; they may explain why the process died */
export function logOutput(child: ChildProcess, log: EngineLog): readonly string[] {
  const last: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      log.warn(`Engine process: ${line}`);
      last.push(line);
      if (last.length > 3) last.shift();
    });
  }
  return last;
}
