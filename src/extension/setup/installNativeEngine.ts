import * as vscode from 'vscode';
import type { InstallResult } from '../../setup/native/install';
import type { Progress } from '../../setup/native/progress';
import { COMMANDS } from '../ids';
import type { Log } from '../log';
import { shareReporter } from '../progress';

/** Installs TensorFlow's own library, after the person has agreed to its size. */
export async function installNativeEngine(log: Log): Promise<void> {
  if (!(await agree())) return;
  const { installNative } = await import('../../setup/native/install');
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: 'Installing the native engine',
    cancellable: true,
  };
  const result = await vscode.window.withProgress(options, async (bar, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return installNative({ signal: controller.signal, progress: show(bar, log) });
  });
  await tell(result, log);
}

async function agree(): Promise<boolean> {
  const { nativeRoot } = await import('../../setup/native/location');
  const install = 'Install';
  const answer = await vscode.window.showInformationMessage(
    'Install the native engine?',
    {
      modal: true,
      detail: `TensorFlow's own library trains several times faster than the embedded engine, which goes on working without it. About 300 MB are downloaded, and 1 GB lies in ${nativeRoot()} afterwards, for all of your folders.`,
    },
    install,
  );
  return answer === install;
}

/** Shows the message of a step, and its share if there is one. */
function show(bar: Parameters<typeof shareReporter>[0], log: Log): (progress: Progress) => void {
  const report = shareReporter(bar);
  let last = '';
  return ({ text, done, total }) => {
    if (text !== last) log.info(text);
    last = text;
    if (done === undefined || total === undefined) report(text);
    else report(`${text}: ${megabytes(done)} of ${megabytes(total)} MB`, done, total);
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

async function tell({ native, route, failures }: InstallResult, log: Log): Promise<void> {
  for (const { route: tried, reason } of failures) log.warn(`${tried}: ${reason}`);
  if (native === undefined) {
    const show = 'Show Output';
    const message = 'The native engine could not be installed; the embedded one goes on working. The output says why.';
    if ((await vscode.window.showWarningMessage(message, show)) === show)
      await vscode.commands.executeCommand(COMMANDS.showOutput);
    return;
  }
  const { libtensorflowVersion, variant } = native.manifest;
  const how = route === 'already installed' ? 'is installed already' : 'is installed';
  log.info(`The native engine ${how}: TensorFlow ${libtensorflowVersion} (${variant}) in ${native.folder}.`);
  const restart = 'Restart Engine';
  const message = `The native engine ${how}: TensorFlow ${libtensorflowVersion} (${variant}). The next training uses it.`;
  if ((await vscode.window.showInformationMessage(message, restart)) === restart)
    await vscode.commands.executeCommand(COMMANDS.restartEngine);
}
