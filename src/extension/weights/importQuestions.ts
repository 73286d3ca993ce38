/** Questions about a folder of checkpoints that its files do not answer. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { classNamesOf, DATASET_KINDS, EXAMPLE_DATASET, folderIn, folderSettings } from '../../datasets';
import type { DatasetKind } from '../../datasets/datasetKind';
import { NORMALIZATIONS, type NormalizationName } from '../../study';
import type { Inspected } from '../../protocol/importEvents';

/** The answers as arguments. @returns undefined if the person cancels */
export async function askWhatIsMissing(
  { architecture, checkpoints, classes, normalization, stateDicts }: Inspected,
  folder: string,
): Promise<readonly string[] | undefined> {
  const epochs = checkpoints.map(({ epoch }) => epoch);
  const title = `Import Checkpoints: ${architecture}, ${epochs.length === 1 ? 'epoch' : 'epochs'} ${epochs.join(', ')}`;
  const isChoice = stateDicts !== undefined && stateDicts.others.length > 0;
  const stateDictArgs = isChoice ? await askStateDict(title, [stateDicts.chosen, ...stateDicts.others]) : [];
  if (stateDictArgs === undefined) return undefined;
  const normalizationArgs = normalization === undefined ? await askNormalization(title, classes) : [];
  if (normalizationArgs === undefined) return undefined;
  const dataArgs = await askData(title, folder, classes);
  return dataArgs === undefined ? undefined : [...stateDictArgs, ...normalizationArgs, ...dataArgs];
}

/** The state dicts by their keys; the first is taken by default. */
export async function askStateDict(title: string, keys: readonly string[]): Promise<readonly string[] | undefined> {
  const choices = keys.map((key) => ({ label: key, description: describeKey(key), args: ['--state-dict', key] }));
  const placeHolder = 'The files hold several networks. Which one is meant?';
  return (await vscode.window.showQuickPick(choices, { title, placeHolder }))?.args;
}

function describeKey(key: string): string {
  return /ema|swa|averag/i.test(key)
    ? 'averaged over training steps: what timm takes, and most papers report'
    : 'as the last training step left it';
}

/** Kinds in folders of which images of so many classes can be read. */
function kindsFor(classes: number): DatasetKind[] {
  return DATASET_KINDS.filter((kind) =>
    folderSettings(undefined, [kind]).some((settings) => classNamesOf(settings).length === classes),
  );
}

async function askNormalization(title: string, classes: number): Promise<readonly string[] | undefined> {
  const ofData = kindsFor(classes).map(({ title: label, normalization: { name } }) => ({ label, name }));
  const named = [...ofData, { label: 'ImageNet', name: 'imagenet' }].map(({ label, name }) => ({
    label,
    description: `mean ${NORMALIZATIONS[name as NormalizationName].mean.join(', ')}`,
    args: ['--normalization', name],
  }));
  const choices = [
    ...named,
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

async function askData(title: string, folder: string, classes: number): Promise<readonly string[] | undefined> {
  const kinds = kindsFor(classes);
  const ofKinds = kinds.map((kind) => {
    const usual = join(folder, ...(folderSettings(undefined, [kind]).map(folderIn)[0] ?? '').split('/'));
    const isHere = existsSync(usual) || process.env['EPOCHLENS_DATA'] !== undefined;
    const description = isHere ? 'is here' : 'downloaded later, when you agree';
    return { label: kind.title, description, args: ['--data', usual] };
  });
  const drawn = { label: 'Synthetic images', description: 'drawn by the program', args: ['--synthetic'] };
  const choices = [
    ...ofKinds,
    ...kinds.map(({ title: label }) => ({ label: `${label} in another folder…`, args: undefined })),
    ...(classNamesOf(EXAMPLE_DATASET).length === classes ? [drawn] : []),
  ];
  // What no data set here has images for, the import refuses, and says why.
  if (choices.length === 0) return [];
  const choice = await vscode.window.showQuickPick(choices, {
    title,
    placeHolder: 'Which images shall they be looked at with?',
  });
  if (choice === undefined || choice.args !== undefined) return choice?.args;
  const options = {
    canSelectFolders: true,
    canSelectFiles: false,
    openLabel: 'Use',
    title: `The folder of ${kinds.map(({ title: name }) => name).join(' or ')}`,
  };
  const data = (await vscode.window.showOpenDialog(options))?.[0]?.fsPath;
  return data === undefined ? undefined : ['--data', data];
}
