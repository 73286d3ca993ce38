import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { bytesText } from '../../common/bytesText';
import { cliDocument } from '../commands/cliDocument';
import type { CoreParts } from '../coreParts';
import { pickRun } from '../runs/pick';
import { isLive } from '../runs/runSummary';
import type { RunTarget } from '../runs/target';
import { isTrusted } from '../training/trust';

const SUFFIX = '.epochlens-run.tar.gz';

/** Packs a run and its study into one checked file, and unpacks it. */
export async function packRunCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted('Packing a run'))) return;
  const run = await pickRun(target, parts.runStore, {
    placeHolder: 'Pack which run?',
    none: 'There is no run that is not being trained.',
    only: (each) => !isLive(each),
  });
  if (run === undefined) return;
  const results = await vscode.window.showQuickPick(
    [
      { label: 'Everything', args: [] as string[] },
      {
        label: 'Without results',
        description: 'heatmaps and tests are computed again',
        args: ['--without', 'results'],
      },
    ],
    { title: `Pack ${run.studyName}`, placeHolder: 'What shall be in it?' },
  );
  if (results === undefined) return;
  const out = await vscode.window.showSaveDialog({
    title: 'Pack Run',
    defaultUri: vscode.Uri.file(join(dirname(run.studyFile), `${run.studyName}-${run.id}${SUFFIX}`)),
    // VS Code compares only the last extension and would add another.
    filters: { 'Packed run': ['gz'] },
  });
  if (out === undefined) return;
  // The dialog has asked before it replaces a file.
  const args = ['pack', run.folder, '--out', out.fsPath, '--force', ...results.args];
  const { bytes } = await cliDocument(parts, `Packing ${run.studyName}`, args, z.object({ bytes: z.number() }));
  void vscode.window.showInformationMessage(`Packed into ${basename(out.fsPath)}: ${bytesText(bytes)}, checked.`);
}

/** @param target the packed file, from the explorer */
export async function unpackRunCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted('Unpacking a run'))) return;
  const file = target instanceof vscode.Uri ? target : await askFile();
  const into = file === undefined ? undefined : await askFolder(file);
  if (file === undefined || into === undefined) return;
  const args = ['unpack', file.fsPath, '--into', into];
  const { run } = await cliDocument(parts, `Unpacking ${basename(file.fsPath)}`, args, z.object({ run: z.string() }));
  await parts.runStore.refresh();
  void vscode.window.showInformationMessage(`Unpacked, and whole: ${vscode.workspace.asRelativePath(run)}`);
}

async function askFile(): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({ title: 'Unpack Run', filters: { 'Packed run': ['gz', 'tgz'] } });
  return files?.[0];
}

/** The workspace folder that the person picks of several; without a workspace, the folder of the file. */
async function askFolder(file: vscode.Uri): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri.fsPath;
  return folders[0]?.uri.fsPath ?? dirname(file.fsPath);
}
