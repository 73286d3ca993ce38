import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { Normalization } from '../../study';
import { runCli } from '../commands/runCli';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { shareReporter } from '../progress';
import type { RunTarget } from '../runs/target';
import { isTrusted } from '../training/trust';

const TITLE = 'Import Checkpoints';

/** What `epochlens import --json` writes lines of. */
type ImportEvent =
  | { readonly event: 'progress'; readonly text: string; readonly done: number; readonly of: number }
  | {
      readonly event: 'inspected';
      readonly architecture: string;
      readonly normalization?: Normalization;
      readonly checkpoints: readonly { readonly epoch: number }[];
    }
  | { readonly event: 'imported'; readonly run: string; readonly study: string };

type Inspected = Extract<ImportEvent, { event: 'inspected' }>;

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
  const answers = await ask(inspected, out);
  if (answers === undefined) return;
  const args = [folder, '--out', out, '--name', freeName(basename(folder), out), ...answers];
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
  const options = { canSelectFolders: true, canSelectFiles: false, openLabel: 'Import', title: TITLE };
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

/** What the files do not say, as arguments. Undefined where a person thinks better of it. */
async function ask({ architecture, checkpoints, normalization }: Inspected, folder: string) {
  const epochs = checkpoints.map(({ epoch }) => epoch);
  const title = `${TITLE}: ${architecture}, ${epochs.length === 1 ? 'epoch' : 'epochs'} ${epochs.join(', ')}`;
  const normalizationArgs = normalization === undefined ? await askNormalization(title) : [];
  if (normalizationArgs === undefined) return undefined;
  const dataArgs = await askData(title, folder);
  return dataArgs === undefined ? undefined : [...normalizationArgs, ...dataArgs];
}

async function askNormalization(title: string): Promise<readonly string[] | undefined> {
  const choices = [
    { label: 'CIFAR-10', description: 'mean 0.4914, 0.4822, 0.4465', args: ['--normalization', 'cifar10'] },
    { label: 'ImageNet', description: 'mean 0.485, 0.456, 0.406', args: ['--normalization', 'imagenet'] },
    { label: 'Other…', description: 'a mean and a standard deviation per channel', args: undefined },
  ];
  const placeHolder = 'How were inputs normalised? See transforms.Normalize in the training script.';
  const choice = await vscode.window.showQuickPick(choices, { title, placeHolder });
  if (choice === undefined || choice.args !== undefined) return choice?.args;
  const mean = await askChannels(title, 'Mean: red, green, blue', '0.4914,0.4822,0.4465');
  const std = mean && (await askChannels(title, 'Standard deviation: red, green, blue', '0.2023,0.1994,0.2010'));
  return mean && std ? ['--mean', mean, '--std', std] : undefined;
}

function askChannels(title: string, prompt: string, value: string): Thenable<string | undefined> {
  const validateInput = (text: string): string | undefined =>
    /^\s*-?\d*\.?\d+\s*(,\s*-?\d*\.?\d+\s*){2}$/.test(text) ? undefined : 'Three numbers, such as 0.5,0.5,0.5';
  return vscode.window.showInputBox({ title, prompt, value, validateInput });
}

async function askData(title: string, folder: string): Promise<readonly string[] | undefined> {
  const usual = join(folder, 'data', 'cifar-10-batches-bin');
  const isHere = existsSync(usual) || process.env['EPOCHLENS_DATA'] !== undefined;
  const choices = [
    {
      label: 'CIFAR-10',
      description: isHere ? 'is here' : 'downloaded later, when you agree',
      args: ['--data', usual],
    },
    { label: 'CIFAR-10 in another folder…', args: undefined },
    { label: 'Synthetic images', description: 'drawn by the program', args: ['--synthetic'] },
  ];
  const choice = await vscode.window.showQuickPick(choices, {
    title,
    placeHolder: 'Which images shall they be looked at with?',
  });
  if (choice === undefined || choice.args !== undefined) return choice?.args;
  const options = {
    canSelectFolders: true,
    canSelectFiles: false,
    openLabel: 'Use',
    title: 'The folder with test_batch.bin',
  };
  const data = (await vscode.window.showOpenDialog(options))?.[0]?.fsPath;
  return data === undefined ? undefined : ['--data', data];
}

/** A study's name that no file has yet. */
function freeName(base: string, folder: string): string {
  const name = base.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^\.+$/, '') || 'imported';
  const isTaken = (candidate: string): boolean => existsSync(join(folder, `${candidate}.epochlens.json`));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}
