/**
 * The extension's side of the engine process. The first request starts the process; after it has died, the next request
 * starts it again. This file does not import `vscode`, so that its tests run without one.
 */
import type { ChildProcess } from 'node:child_process';
import type { Params, Progress, RequestName, Result } from '../../protocol/contract';
import type { EngineClientContract, EngineContract, StartedEngine } from '../../protocol/engine';
import type { Peer, RequestOptions } from '../../protocol/peer';
import { forkEngine, logOutput, peerOf, type EngineLog } from './engineProcess';

export type EngineState =
  /** There is no process. The next request starts one. */
  | { readonly kind: 'stopped' }
  /** There is a process. `engine` is set once something had to be computed. */
  | { readonly kind: 'running'; readonly engine: StartedEngine | undefined }
  /** The process ended by itself. The next request starts another. */
  | { readonly kind: 'died'; readonly message: string };

export interface EngineClient {
  /** @throws RequestError, whose failure gives the reason: refused, failed, cancelled, or gone with the process */
  request<N extends RequestName<EngineContract>>(
    name: N,
    params: Params<EngineContract, N>,
    options?: RequestOptions<Progress<EngineContract, N>>,
  ): Promise<Result<EngineContract, N>>;
  /** Starts the process, if there is none, because a request is expected soon. */
  prepare(): void;
  readonly state: EngineState;
  /** A `vscode.Event`. It reports `died` when the engine crashed or was killed. */
  readonly onDidChangeState: (listener: (state: EngineState) => unknown) => { dispose(): void };
  /** Ends the process; open requests fail as gone. The next request starts another process. */
  restart(): void;
  dispose(): void;
}

/** What a person reads of the process. */
export interface EngineTexts {
  readonly died: (how: string) => string;
  readonly restarted: () => string;
  readonly stopped: () => string;
}

/** Of programs without VS Code. */
/* eslint-disable l10n/through */
const ENGLISH: EngineTexts = {
  died: (how) => `The engine process ended (${how}). The next request starts it again.`,
  restarted: () => 'The engine was restarted: try again.',
  stopped: () => 'The engine was stopped.',
};
/* eslint-enable l10n/through */

export interface EngineClientOptions {
  /** The path of dist/engine.js. */
  readonly program: string;
  /** "auto", an engine's name, or "none", which shows kept results and computes nothing. Called at each start. */
  readonly choice: () => string;
  /** Variables that are added to this process's own environment. Called at each start. */
  readonly env?: () => NodeJS.ProcessEnv;
  /** In the person's language. */
  readonly texts?: EngineTexts;
  readonly log: EngineLog;
}

interface Connection {
  readonly child: ChildProcess;
  readonly peer: Promise<Peer<EngineClientContract, EngineContract>>;
  /** The reason why the process no longer answers. */
  gone: string | undefined;
}

export function connectEngine({
  program,
  choice,
  env = () => ({}),
  texts = ENGLISH,
  log,
}: EngineClientOptions): EngineClient {
  const listeners = new Set<(state: EngineState) => unknown>();
  let state: EngineState = { kind: 'stopped' };
  let connection: Connection | undefined;
  let disposed = false;

  function become(next: EngineState): void {
    state = next;
    for (const listener of listeners) listener(next);
  }

  function connect(): Connection {
    const child = forkEngine(program, choice(), env());
    const opened: Connection = { child, peer: peerOf(child, log, started), gone: undefined };
    function started(engine: StartedEngine): void {
      if (connection === opened) become({ kind: 'running', engine });
    }
    const lastLines = logOutput(child, log);
    child.on('error', (error) => {
      died(opened, error.message);
    });
    // 'exit' comes before the last output and messages are read, 'close' after.
    child.on('close', (code, signal) => {
      died(opened, [signal === null ? `code ${String(code)}` : `signal ${signal}`, ...lastLines].join(': '));
    });
    log.info(`Engine process ${String(child.pid)} started`);
    become({ kind: 'running', engine: undefined });
    return opened;
  }

  /** Handles a process that ended by itself or could not be started. */
  function died(ended: Connection, how: string): void {
    if (connection !== ended) return;
    const message = texts.died(how);
    log.error(message);
    disconnect(ended, message);
    become({ kind: 'died', message });
  }

  function stop(message: string): void {
    const stopped = connection;
    if (stopped === undefined) return;
    log.info(message);
    stopped.child.kill();
    disconnect(stopped, message);
    become({ kind: 'stopped' });
  }

  function disconnect(ended: Connection, message: string): void {
    connection = undefined;
    ended.gone = message;
    void ended.peer.then((peer) => peer.close(message));
  }

  return {
    async request(name, params, options) {
      if (disposed) throw new Error('the engine client was disposed');
      connection ??= connect();
      const asked = connection;
      const peer = await asked.peer;
      if (asked.gone !== undefined) {
        const { RequestError } = await import('../../protocol/peer');
        throw new RequestError({ reason: 'gone', message: asked.gone });
      }
      return peer.request(name, params, options);
    },
    prepare() {
      if (!disposed) connection ??= connect();
    },
    get state() {
      return state;
    },
    onDidChangeState(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    restart() {
      stop(texts.restarted());
    },
    dispose() {
      disposed = true;
      stop(texts.stopped());
      listeners.clear();
    },
  };
}
