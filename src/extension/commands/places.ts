/** Where the files of a study or a run are. */
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { InputError } from '../../common/errors';
import type { CoreParts } from '../coreParts';
import { checkpointPath, runPaths } from '../../runs/paths';
import { pickRun, pickStudy } from '../runs/pick';
import { hasLog } from '../runs/runSummary';
import { textColumn } from '../webview/panelPlace';
import type { RunTarget } from '../runs/target';

export async function openStudyCommand({ runStore }: CoreParts, target: RunTarget): Promise<void> {
  const file = await pickStudy(target, runStore);
  if (file === undefined) return;
  if (!existsSync(file))
    throw new InputError(vscode.l10n.t('the study file is gone'), {
      file,
      advice: vscode.l10n.t('The run keeps a copy of it in its run.json.'),
    });
  await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: textColumn() });
}

export async function openLogCommand({ runStore }: CoreParts, target: RunTarget): Promise<void> {
  const run = await pickRun(target, runStore, {
    placeHolder: vscode.l10n.t('The log of which run?'),
    only: hasLog,
  });
  if (run === undefined) return;
  const file = runPaths(run.folder).log;
  if (!existsSync(file)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This run has no log: it was trained from a terminal, which showed it.'),
    );
    return;
  }
  await vscode.window.showTextDocument(vscode.Uri.file(file));
}

export async function revealCommand({ runStore }: CoreParts, target: RunTarget): Promise<void> {
  const path =
    pathOf(target) ?? (await pickRun(target, runStore, { placeHolder: vscode.l10n.t('Reveal which run?') }))?.folder;
  if (path !== undefined) await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(path));
}

export async function copyPathCommand(target: RunTarget): Promise<void> {
  const path = pathOf(target);
  if (path !== undefined) await vscode.env.clipboard.writeText(path);
}

/** The path behind a node of the tree: a checkpoint, a run or a study. */
function pathOf(target: RunTarget): string | undefined {
  if (target === undefined || typeof target === 'string' || target instanceof vscode.Uri) return undefined;
  const { run, studyFile, epoch } = target;
  if (run === undefined) return studyFile;
  return epoch === undefined ? run.folder : checkpointPath(run.folder, epoch);
}
