import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { cliDocument } from '../commands/cliDocument';
import type { CoreParts } from '../coreParts';
import { bytesText } from '../language';
import { pickRun } from '../runs/pick';
import { runName } from '../runs/runName';
import { isLive } from '../runs/runSummary';
import type { RunTarget } from '../runs/target';
import { isTrusted } from '../training/trust';

const SUFFIX = '.epochlens-run.tar.gz';

/** Packs a run and its study into one checked file, and unpacks it. */
export async function packRunCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  const { l10n } = vscode;
  if (!(await isTrusted(l10n.t('Packing a run')))) return;
  const run = await pickRun(target, parts.runStore, {
    placeHolder: l10n.t('Pack which run?'),
    none: l10n.t('There is no run that is not being trained.'),
    only: (each) => !isLive(each),
  });
  if (run === undefined) return;
  const results = await vscode.window.showQuickPick(
    [
      { label: l10n.t('Everything'), args: [] as string[] },
      {
        label: l10n.t('Without results'),
        description: l10n.t('heatmaps and tests are computed again'),
        args: ['--without', 'results'],
      },
    ],
    { title: l10n.t('Pack {0}', runName(run, 'title')), placeHolder: l10n.t('What shall be in it?') },
  );
  if (results === undefined) return;
  const out = await vscode.window.showSaveDialog({
    title: l10n.t('Pack Run'),
    defaultUri: vscode.Uri.file(join(dirname(run.studyFile), `${run.studyName}-${run.id}${SUFFIX}`)),
    // VS Code compares only the last extension and would add another.
    filters: { [l10n.t('Packed run')]: ['gz'] },
  });
  if (out === undefined) return;
  // The dialog has asked before it replaces a file.
  const args = ['pack', run.folder, '--out', out.fsPath, '--force', ...results.args];
  const { bytes } = await cliDocument(
    parts,
    l10n.t('Packing {0}', runName(run, 'title')),
    args,
    z.object({ bytes: z.number() }),
  );
  void vscode.window.showInformationMessage(
    l10n.t('Packed into {0}: {1}, checked.', basename(out.fsPath), bytesText(bytes)),
  );
}

/** @param target the packed file, from the explorer */
export async function unpackRunCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  const { l10n } = vscode;
  if (!(await isTrusted(l10n.t('Unpacking a run')))) return;
  const file = target instanceof vscode.Uri ? target : await askFile();
  const into = file === undefined ? undefined : await askFolder(file);
  if (file === undefined || into === undefined) return;
  const args = ['unpack', file.fsPath, '--into', into];
  const { run } = await cliDocument(
    parts,
    l10n.t('Unpacking {0}', basename(file.fsPath)),
    args,
    z.object({ run: z.string() }),
  );
  await parts.runStore.refresh();
  void vscode.window.showInformationMessage(l10n.t('Unpacked, and whole: {0}', vscode.workspace.asRelativePath(run)));
}

async function askFile(): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Unpack Run'),
    filters: { [vscode.l10n.t('Packed run')]: ['gz', 'tgz'] },
  });
  return files?.[0];
}

/** The workspace folder that the person picks of several; without a workspace, the folder of the file. */
async function askFolder(file: vscode.Uri): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri.fsPath;
  return folders[0]?.uri.fsPath ?? dirname(file.fsPath);
}
