/** Runs the installer of the native engine in a process of its own. This file does not import `vscode`. */
import { fork } from 'node:child_process';
import { CancelledError, WorkError } from '../../common/errors';
import type { InstallMessage } from '../../setup/installMessages';
import type { InstallResult } from '../../setup/native/install';
import type { Progress } from '../../setup/native/progress';
import { reasonIn } from '../training/logTail';

export interface SetupOptions {
  readonly signal: AbortSignal;
  /** Variables that are added to this process's own environment. */
  readonly env?: NodeJS.ProcessEnv;
  readonly progress: (progress: Progress) => void;
}

/**
 * @param program the path of dist/setup.js
 * @throws CancelledError once the process has removed what it had begun; WorkError with the process's own message
 */
export async function runSetup(program: string, { signal, env, progress }: SetupOptions): Promise<InstallResult> {
  const child = fork(program, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // The editor's own Node options, such as its debugger's port, are not passed on.
    execArgv: [],
    env: { ...process.env, ...env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const cancel = (): void => {
    if (child.connected) child.send('cancel');
  };
  signal.addEventListener('abort', cancel);
  let result: InstallResult | undefined;
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.on('message', (message: InstallMessage) => {
    if (message.kind === 'progress') progress(message.progress);
    else result = message.result;
  });
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => signal.removeEventListener('abort', cancel));
  if (signal.aborted) throw new CancelledError();
  if (result === undefined) throw new WorkError(reasonIn(errors));
  return result;
}
