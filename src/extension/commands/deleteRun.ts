import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { pickRun } from '../runs/pick';
import { isLive, type RunSummary } from '../runs/runSummary';
import { stateText, whenText } from '../runs/runText';
import type { RunTarget } from '../runs/target';
import { NO_RUN } from './places';

/** Deletes a run folder, after the person has confirmed it. The caller stops a run that is being trained first. */
export async function deleteRunCommand({ runStore, log }: CoreParts, target: RunTarget): Promise<void> {
  const run = await pickRun(target, runStore, { placeHolder: 'Delete which run?', none: NO_RUN });
  if (run === undefined || !(await isAtRest(runStore, run))) return;
  const remove = 'Delete';
  const count = run.checkpoints.length;
  const answer = await vscode.window.showWarningMessage(
    `Delete the run of ${run.studyName} from ${whenText(run.createdAt)}?`,
    {
      modal: true,
      detail: `${stateText(run)}. Its ${count} ${count === 1 ? 'checkpoint' : 'checkpoints'} and results go to the trash, or are gone where there is none.\n\n${run.folder}`,
    },
    remove,
  );
  // Another window or a terminal may have resumed the run while the person was asked.
  if (answer !== remove || !(await isAtRest(runStore, run))) return;
  await removeFolder(vscode.Uri.file(run.folder));
  log.info(`Deleted ${run.folder}.`);
  await runStore.reread(run.folder);
}

/** Whether no process trains the run, as its files say now. If one does, a message says so. */
async function isAtRest(runStore: CoreParts['runStore'], { folder, studyName }: RunSummary): Promise<boolean> {
  await runStore.reread(folder);
  const now = runStore.find(folder);
  if (now === undefined || !isLive(now)) return true;
  void vscode.window.showWarningMessage(`${studyName} is being trained. Stop it first.`);
  return false;
}

/** Remote file systems have no trash. */
async function removeFolder(folder: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: true });
  } catch {
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: false });
  }
}
