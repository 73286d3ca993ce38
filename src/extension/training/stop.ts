import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { InputError } from '../../common/errors';
import { errorCode } from '../../common/atomic';
import type { CoreParts } from '../coreParts';
import { runName } from '../runs/runName';
import { pickRun } from '../runs/pick';
import { canStop, isLive, type RunSummary } from '../runs/runSummary';
import type { RunTarget } from '../runs/target';

/** Asks a training to stop so that it can be resumed. A second request ends it at once. */
export async function stopCommand({ runStore, log }: CoreParts, target: RunTarget): Promise<void> {
  const run = await pickRun(target, runStore, {
    placeHolder: vscode.l10n.t('Which training shall stop?'),
    none: vscode.l10n.t('No training is running.'),
    only: canStop,
  });
  if (run === undefined) return;
  // It may have ended unnoticed, and its process id may belong to another process now.
  await runStore.reread(run.folder);
  const now = runStore.find(run.folder);
  if (now === undefined || !isLive(now)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} is not being trained any more.', runName(run, 'title')),
    );
    return;
  }
  if (!canStop(now)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} is trained in PyTorch: stop it where it was started.', runName(run, 'title')),
    );
    return;
  }
  const pid = (await runStore.stopLaunch(run.folder)) ?? pidOf(now);
  if (pid === undefined) return;
  log.info(`Stopping process ${pid}, which trains ${run.folder}.`);
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    // It has ended by itself meanwhile.
    if (errorCode(error) !== 'ESRCH') throw error;
  }
  await untilStopped(runStore, now);
}

function pidOf({ status, folder }: RunSummary): number | undefined {
  if (status === undefined || status.host === hostname()) return status?.pid;
  const advice = vscode.l10n.t('Stop it there.');
  throw new InputError(vscode.l10n.t('the training runs on another machine'), {
    file: folder,
    found: status.host,
    advice,
  });
}

/** It ends after its current step. */
async function untilStopped(runStore: CoreParts['runStore'], { folder, studyName }: RunSummary): Promise<void> {
  const stopped = (): boolean => {
    const run = runStore.find(folder);
    return run === undefined || !isLive(run);
  };
  const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Stopping {0}…', studyName) };
  await vscode.window.withProgress(options, async () => {
    for (let tries = 0; tries < 100 && !stopped(); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await runStore.reread(folder);
    }
  });
}
