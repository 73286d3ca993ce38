import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { runCli } from '../commands/runCli';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { shareReporter } from '../progress';
import type { RunTarget } from '../runs/target';
import { isTrusted } from '../training/trust';
import type { ImportEvent } from './importEvents';
import { askWhatIsMissing } from './importQuestions';

/** A folder of checkpoints that were trained elsewhere becomes a run: looked at, asked about, imported. */
export async function importCheckpointsCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted('Importing checkpoints'))) return;
  const out = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (out === undefined) {
    void vscode.window.showInformationMessage('Open a folder first: the study and its run lie in one.');
    return;
  }
  const folder = target instanceof vscode.Uri ? target.fsPath : await askFolder();
  if (folder === undefined) return;
  const inspected = await runImport(parts, `Looking at ${basename(folder)}`, [folder, '--inspect'], 'inspected');
  const answers = await askWhatIsMissing(inspected, out);
  if (answers === undefined) return;
  const { freeName, nameFrom } = await import('../../study');
  const args = [folder, '--out', out, '--name', await freeName(out, nameFrom(basename(folder))), ...answers];
  const { run } = await runImport(parts, `Importing ${basename(folder)}`, args, 'imported');
  await parts.runStore.refresh();
  const count = inspected.checkpoints.length;
  const message = `${count} ${count === 1 ? 'checkpoint' : 'checkpoints'} of ${inspected.architecture} imported.`;
  const heatmaps = 'Open Heatmaps';
  const study = 'Open Study File';
  const answer = await vscode.window.showInformationMessage(message, heatmaps, study);
  if (answer === heatmaps) await vscode.commands.executeCommand(COMMANDS.openHeatmaps, run);
  if (answer === study) await vscode.commands.executeCommand(COMMANDS.openStudy, run);
}

async function askFolder(): Promise<string | undefined> {
  const options = { canSelectFolders: true, canSelectFiles: false, openLabel: 'Import', title: 'Import Checkpoints' };
  return (await vscode.window.showOpenDialog(options))?.[0]?.fsPath;
}

/** Runs the command line, with progress that can be cancelled, for the event that it ends with. */
async function runImport<Name extends 'inspected' | 'imported'>(
  { context, log }: CoreParts,
  title: string,
  args: readonly string[],
  wanted: Name,
): Promise<Extract<ImportEvent, { event: Name }>> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (bar, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const report = shareReporter(bar);
    const seen: ImportEvent[] = [];
    await runCli(join(context.extensionPath, 'dist', 'cli.js'), ['import', ...args, '--json'], {
      signal: controller.signal,
      onLine: (line) => {
        const event = line.startsWith('{"event":') ? (JSON.parse(line) as ImportEvent) : undefined;
        if (event === undefined) log.info(line);
        else if (event.event === 'progress') report(event.text, event.done, event.of);
        else seen.push(event);
      },
    });
    const last = seen.find((event) => event.event === wanted);
    if (last === undefined) throw new Error(`epochlens import ended without ${wanted}`);
    return last as Extract<ImportEvent, { event: Name }>;
  });
}
