import { basename } from 'node:path';
import * as vscode from 'vscode';
import { WorkError } from '../../common/errors';
import type { CoreParts } from '../coreParts';
import { COMMANDS, SETTINGS, VIEWS } from '../ids';
import type { RunTarget } from '../runs/target';
import { isTrusted } from '../training/trust';
import type { Imported, Inspected } from '../../protocol/importEvents';
import { runImport } from './importProcess';
import { askWhatIsMissing } from './importQuestions';
import { askAfterRefusal } from './importRefusals';
import { importedText, warningText } from './importResult';

/** Makes a run of checkpoints that were trained elsewhere, files or a folder: inspects them, asks, imports, measures. */
export async function importCheckpointsCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Importing checkpoints')))) return;
  const out = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (out === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a folder first: the study and its run lie in one.'));
    return;
  }
  const named = target instanceof vscode.Uri ? [target.fsPath] : await askWhich();
  const [first] = named ?? [];
  const found = named && (await inspectFiles(parts, named));
  if (first === undefined || found === undefined) return;
  const { freeName, nameFrom } = await import('../../study');
  const name = await freeName(out, nameFrom(basename(first).replace(ONNX_ENDING, '')));
  await parts.runStore.ready;
  const places = { folder: out, name, studies: parts.runStore.studies() };
  const answers = await askWhatIsMissing(found.inspected, places);
  if (answers === undefined) return;
  const engine = vscode.workspace.getConfiguration(SETTINGS.section).get<string>(SETTINGS.engine, 'auto');
  const args = [...found.args, '--engine', engine, ...answers];
  const imported = await runImport(parts, vscode.l10n.t('Importing {0}', basename(first)), args, 'imported');
  if (imported.event === 'refused') throw new WorkError(imported.message);
  await parts.runStore.refresh();
  for (const { path, reason } of found.inspected.leftOut) parts.log.info(`${path} is left out: ${reason}`);
  await Promise.all([tell(found.inspected, imported), warn(imported)]);
}

const ONNX_ENDING = /\.onnx$/i;

/** A dialog of the system shows files or folders, and mostly not both. */
async function askWhich(): Promise<readonly string[] | undefined> {
  const title = vscode.l10n.t('Import Checkpoints');
  const choices = [
    { label: vscode.l10n.t('A folder of checkpoints…'), ofFolder: true },
    {
      label: vscode.l10n.t('Files…'),
      description: vscode.l10n.t('an ONNX file, weights, or a graph with the weights of its epochs'),
      ofFolder: false,
    },
  ];
  const choice = await vscode.window.showQuickPick(choices, { title });
  if (choice === undefined) return undefined;
  const found = await vscode.window.showOpenDialog({
    canSelectFolders: choice.ofFolder,
    canSelectFiles: !choice.ofFolder,
    canSelectMany: !choice.ofFolder,
    openLabel: vscode.l10n.t('Import'),
    title,
    ...(choice.ofFolder ? {} : { filters: { [vscode.l10n.t('Networks and weights')]: ENDINGS } }),
  });
  return found?.map(({ fsPath }) => fsPath);
}

const ENDINGS = ['onnx', 'safetensors', 'pth', 'pt', 'th', 'ckpt', 'bin'];

interface InspectedFiles {
  readonly inspected: Inspected;
  /** The files and the person's answers about them. */
  readonly args: readonly string[];
}

/** Inspects the files, and asks each open question once. @returns undefined if the person cancels */
async function inspectFiles(parts: CoreParts, named: readonly string[]): Promise<InspectedFiles | undefined> {
  let files: readonly string[] = named;
  let said: readonly string[] = [];
  const asked = new Set<string>();
  for (;;) {
    const args = [...files, ...said];
    const outcome = await runImport(
      parts,
      vscode.l10n.t('Looking at {0}', basename(named[0] ?? '')),
      [...args, '--inspect'],
      'inspected',
    );
    if (outcome.event === 'inspected') return { inspected: outcome, args };
    const { kind } = outcome.question;
    if (asked.has(kind)) throw new WorkError(outcome.message);
    asked.add(kind);
    const answer = await askAfterRefusal(outcome);
    if (answer === undefined) return undefined;
    files = answer.files ?? files;
    said = [...said, ...answer.args];
  }
}

async function tell(inspected: Inspected, imported: Imported): Promise<void> {
  const heatmaps = vscode.l10n.t('Open Heatmaps');
  const study = vscode.l10n.t('Open Study File');
  const answer = await vscode.window.showInformationMessage(importedText(inspected, imported), heatmaps, study);
  if (answer === heatmaps) await vscode.commands.executeCommand(COMMANDS.openHeatmaps, imported.run);
  if (answer === study) await vscode.commands.executeCommand(COMMANDS.openStudy, imported.run);
}

/** Warns about checkpoints that do not reach what their files claim. */
async function warn(imported: Imported): Promise<void> {
  const text = warningText(imported);
  if (text === undefined) return;
  const metrics = vscode.l10n.t('Open Metrics');
  const run = vscode.l10n.t('Show Run');
  const answer = await vscode.window.showWarningMessage(text, metrics, run);
  if (answer === metrics) await vscode.commands.executeCommand(COMMANDS.showMetrics, imported.run);
  if (answer === run) await vscode.commands.executeCommand(`${VIEWS.runs}.focus`);
}
