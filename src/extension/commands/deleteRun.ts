import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { pickRun } from '../runs/pick';
import { isLive } from '../runs/runSummary';
import { stateText, whenText } from '../runs/runText';
import type { RunTarget } from '../runs/target';
import { NO_RUN } from './places';

/** Removes a run folder, after it was confirmed. A run that is being trained is stopped first, by whoever asked. */
export async function deleteRunCommand({ runStore, log }: CoreParts, target: RunTarget): Promise<void> {
  const run = await pickRun(target, runStore, { placeHolder: 'Delete which run?', none: NO_RUN });
  if (run === undefined) return;
  if (isLive(run)) {
    void vscode.window.showWarningMessage(`${run.studyName} is being trained. Stop it first.`);
    return;
  }
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
  if (answer !== remove) return;
  await removeFolder(vscode.Uri.file(run.folder));
  log.info(`Deleted ${run.folder}.`);
  await runStore.reread(run.folder);
}

/** Remote file systems have no trash. */
async function removeFolder(folder: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: true });
  } catch {
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: false });
  }
}
