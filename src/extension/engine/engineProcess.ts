/** The engine's process: its start, the channel to it, and what it writes. Knows nothing of `vscode`. */
import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { engineWord } from '../../common/engineWords';
import type { EngineClientContract, EngineContract, StartedEngine } from '../../protocol/engine';
import type { Peer } from '../../protocol/peer';

/** What `vscode.LogOutputChannel` has. */
export interface EngineLog {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/** The contract is loaded while the process starts: its checks would cost an editor that asks nothing its time. */
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
    // A channel that is closed says so by the process's end.
    send: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    onWarning: (text, error) => {
      log.error(
        `Engine channel: ${text}${error === undefined ? '' : `: ${error instanceof Error ? error.message : JSON.stringify(error)}`}`,
      );
    },
  });
  // Nothing is missed: it says nothing before it is asked.
  child.on('message', (message) => {
    peer.receive(message);
  });
  return peer;
}

/** @param env added to this process's own environment */
export function forkEngine(program: string, choice: string, env: NodeJS.ProcessEnv): ChildProcess {
  return fork(program, [choice], {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // None of the editor's own, such as its debugger's port.
    execArgv: [],
    // In the desktop editor the running program is the editor itself, which is Node only when told so.
    env: { ...process.env, ...env, ELECTRON_RUN_AS_NODE: '1' },
  });
}

/** @returns the last lines the process wrote, growing: where it dies they may say why */
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
