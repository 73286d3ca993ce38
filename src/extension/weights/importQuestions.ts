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
  const title =
    epochs.length === 1
      ? vscode.l10n.t('Import Checkpoints: {0}, epoch {1}', architecture, epochs.join(', '))
      : vscode.l10n.t('Import Checkpoints: {0}, epochs {1}', architecture, epochs.join(', '));
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
  const placeHolder = vscode.l10n.t('The files hold several networks. Which one is meant?');
  return (await vscode.window.showQuickPick(choices, { title, placeHolder }))?.args;
}

function describeKey(key: string): string {
  return /ema|swa|averag/i.test(key)
    ? vscode.l10n.t('averaged over training steps: what timm takes, and most papers report')
    : vscode.l10n.t('as the last training step left it');
}

/** Kinds in folders of which images of so many classes can be read. */
function kindsFor(classes: number): DatasetKind[] {
  return DATASET_KINDS.filter((kind) =>
    folderSettings(undefined, [kind]).some((settings) => classNamesOf(settings)?.length === classes),
  );
}

async function askNormalization(title: string, classes: number): Promise<readonly string[] | undefined> {
  const ofData = kindsFor(classes).map(({ title: label, normalization: { name } }) => ({ label, name }));
  const named = [...ofData, { label: 'ImageNet', name: 'imagenet' }].map(({ label, name }) => ({
    label,
    description: vscode.l10n.t('mean {0}', NORMALIZATIONS[name as NormalizationName].mean.join(', ')),
    args: ['--normalization', name],
  }));
  const choices = [
    ...named,
    {
      label: vscode.l10n.t('Other…'),
      description: vscode.l10n.t('a mean and a standard deviation per channel'),
      args: undefined,
    },
  ];
  const placeHolder = vscode.l10n.t('How were inputs normalised? See transforms.Normalize in the training script.');
  const choice = await vscode.window.showQuickPick(choices, { title, placeHolder });
  if (choice === undefined || choice.args !== undefined) return choice?.args;
  const mean = await askChannels(title, vscode.l10n.t('Mean: red, green, blue'), '0.4914,0.4822,0.4465');
  const stdPrompt = vscode.l10n.t('Standard deviation: red, green, blue');
  const std = mean && (await askChannels(title, stdPrompt, '0.2023,0.1994,0.2010'));
  return mean && std ? ['--mean', mean, '--std', std] : undefined;
}

function askChannels(title: string, prompt: string, value: string): Thenable<string | undefined> {
  const validateInput = (text: string): string | undefined =>
    /^\s*-?\d*\.?\d+\s*(,\s*-?\d*\.?\d+\s*){2}$/.test(text)
      ? undefined
      : vscode.l10n.t('Three numbers, such as 0.5,0.5,0.5');
  return vscode.window.showInputBox({ title, prompt, value, validateInput });
}

async function askData(title: string, folder: string, classes: number): Promise<readonly string[] | undefined> {
  const kinds = kindsFor(classes);
  const ofKinds = kinds.map((kind) => {
    const usual = join(folder, ...(folderSettings(undefined, [kind]).map(folderIn)[0] ?? '').split('/'));
    const isHere = existsSync(usual) || process.env['EPOCHLENS_DATA'] !== undefined;
    const description = isHere ? vscode.l10n.t('is here') : vscode.l10n.t('downloaded later, when you agree');
    return { label: kind.title, description, args: ['--data', usual] };
  });
  const drawn = {
    label: vscode.l10n.t('Synthetic images'),
    description: vscode.l10n.t('drawn by the program'),
    args: ['--synthetic'],
  };
  const choices = [
    ...ofKinds,
    ...kinds.map(({ title: label }) => ({
      label: vscode.l10n.t('{0} in another folder…', label),
      args: undefined,
    })),
    ...(classNamesOf(EXAMPLE_DATASET)?.length === classes ? [drawn] : []),
  ];
  // What no data set here has images for, the import refuses, and says why.
  if (choices.length === 0) return [];
  const choice = await vscode.window.showQuickPick(choices, {
    title,
    placeHolder: vscode.l10n.t('Which images shall they be looked at with?'),
  });
  if (choice === undefined || choice.args !== undefined) return choice?.args;
  const options = {
    canSelectFolders: true,
    canSelectFiles: false,
    openLabel: vscode.l10n.t('Use'),
    title: vscode.l10n.t('The folder of {0}', kinds.map(({ title: name }) => name).join(' / ')),
  };
  const data = (await vscode.window.showOpenDialog(options))?.[0]?.fsPath;
  return data === undefined ? undefined : ['--data', data];
}
