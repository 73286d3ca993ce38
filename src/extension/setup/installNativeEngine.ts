import { join } from 'node:path';
import * as vscode from 'vscode';
import type { InstallResult } from '../../setup/native/install';
import { nativeRoot } from '../../setup/native/location';
import type { Progress } from '../../setup/native/progress';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import type { Log } from '../log';
import { shareReporter } from '../progress';
import { networkEnvironment } from '../training/networkEnvironment';
import { runSetup } from './setupProcess';

/** Installs TensorFlow's own library, after the person has agreed to its size. */
export async function installNativeEngine({ context, log }: Pick<CoreParts, 'context' | 'log'>): Promise<void> {
  if (!(await agree())) return;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Installing the native engine'),
    cancellable: true,
  };
  const result = await vscode.window.withProgress(options, async (bar, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return runSetup(join(context.extensionPath, 'dist', 'setup.js'), {
      signal: controller.signal,
      env: networkEnvironment(),
      progress: show(bar, log),
    });
  });
  await tell(result, log);
}

async function agree(): Promise<boolean> {
  const install = vscode.l10n.t('Install');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Install the native engine?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        "TensorFlow's own library trains several times faster than the embedded engine, which goes on working without it. About 300 MB are downloaded, and 1 GB lies in {0} afterwards, for all of your folders.",
        nativeRoot(),
      ),
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
    else report(vscode.l10n.t('{0}: {1} of {2} MB', text, megabytes(done), megabytes(total)), done, total);
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

async function tell({ native, route, failures }: InstallResult, log: Log): Promise<void> {
  for (const { route: tried, reason } of failures) log.warn(`${tried}: ${reason}`);
  if (native === undefined) {
    const message = vscode.l10n.t(
      'The native engine could not be installed; the embedded one goes on working. The output says why.',
    );
    const output = vscode.l10n.t('Show Output');
    if ((await vscode.window.showWarningMessage(message, output)) === output)
      await vscode.commands.executeCommand(COMMANDS.showOutput);
    return;
  }
  const { libtensorflowVersion: version, variant } = native.manifest;
  log.info(`The native engine is installed (${route ?? ''}): TensorFlow ${version} (${variant}) in ${native.folder}.`);
  const message =
    route === 'already installed'
      ? vscode.l10n.t(
          'The native engine is installed already: TensorFlow {0} ({1}). The next training uses it.',
          version,
          variant,
        )
      : vscode.l10n.t(
          'The native engine is installed: TensorFlow {0} ({1}). The next training uses it.',
          version,
          variant,
        );
  const restart = vscode.l10n.t('Restart Engine');
  if ((await vscode.window.showInformationMessage(message, restart)) === restart)
    await vscode.commands.executeCommand(COMMANDS.restartEngine);
}
