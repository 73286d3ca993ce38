import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { severalRuns } from '../runs/chosenRuns';
import { runName } from '../runs/runName';
import { isLive, type RunSummary } from '../runs/runSummary';
import { stateText } from '../runs/runText';
import type { RunTarget } from '../runs/target';

/**
 * Deletes run folders, after the person has confirmed it. The caller stops a run that is being trained first.
 * @param others all runs that are selected, where a menu passes them
 */
export async function deleteRunCommand(
  parts: CoreParts,
  target: RunTarget,
  others: readonly unknown[] = [],
): Promise<void> {
  const { runStore, log } = parts;
  const { l10n } = vscode;
  const runs = await severalRuns(parts, target, others, { placeHolder: l10n.t('Delete which run?') });
  if (runs.length === 0 || !(await areAtRest(runStore, runs))) return;
  const remove = l10n.t('Delete');
  const [first] = runs as [RunSummary];
  const answer = await vscode.window.showWarningMessage(
    runs.length === 1
      ? l10n.t('Delete the run of {0}?', runName(first, 'full'))
      : l10n.t('Delete {0} runs?', runs.length),
    { modal: true, detail: detailOf(runs) },
    remove,
  );
  // Another window or a terminal may have resumed a run while the person was asked.
  if (answer !== remove || !(await areAtRest(runStore, runs))) return;
  for (const { folder } of runs) {
    await removeFolder(vscode.Uri.file(folder));
    log.info(`Deleted ${folder}.`);
    await runStore.reread(folder);
  }
}

function detailOf(runs: readonly RunSummary[]): string {
  const { l10n } = vscode;
  const count = runs.reduce((sum, { checkpoints }) => sum + checkpoints.length, 0);
  const trash =
    count === 1
      ? l10n.t('1 checkpoint and the results go to the trash, or are gone where there is none.')
      : l10n.t('{0} checkpoints and the results go to the trash, or are gone where there is none.', count);
  const lines =
    runs.length === 1
      ? runs.map((run) => `${stateText(run)}\n${run.folder}`)
      : runs.map((run) => `${runName(run, 'full')}: ${stateText(run)}`);
  return `${trash}\n\n${lines.join('\n')}`;
}

/** Whether no process trains the runs, as their files say now. If one does, a message says so. */
async function areAtRest(runStore: CoreParts['runStore'], runs: readonly RunSummary[]): Promise<boolean> {
  for (const { folder } of runs) {
    await runStore.reread(folder);
    const now = runStore.find(folder);
    if (now === undefined || !isLive(now)) continue;
    const name = runName(now, 'title');
    void vscode.window.showWarningMessage(vscode.l10n.t('{0} is being trained. Stop it first.', name));
    return false;
  }
  return true;
}

/** Remote file systems have no trash. */
async function removeFolder(folder: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: true });
  } catch {
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: false });
  }
}
