/** Questions about a folder of checkpoints that its files do not answer. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { classNamesOf, DATASET_KINDS, EXAMPLE_DATASET, folderIn, folderSettings, readClassNames } from '../../datasets';
import type { DatasetKind } from '../../datasets/datasetKind';
import { NORMALIZATIONS, type NormalizationName } from '../../study';
import type { Inspected } from '../../protocol/importEvents';
import type { StudyEntry } from '../runs/runStore';

/** Where checkpoints may be imported to. */
export interface ImportPlaces {
  /** The folder of a new study, and the name of its file. */
  readonly folder: string;
  readonly name: string;
  readonly studies: readonly StudyEntry[];
}

/** The answers as arguments. @returns undefined if the person cancels */
export async function askWhatIsMissing(
  inspected: Inspected,
  { folder, name, studies }: ImportPlaces,
): Promise<readonly string[] | undefined> {
  const { architecture, checkpoints, classes, normalization, stateDicts } = inspected;
  const epochs = checkpoints.map(({ epoch }) => epoch);
  const title =
    epochs.length === 1
      ? vscode.l10n.t('Import Checkpoints: {0}, epoch {1}', architecture, epochs.join(', '))
      : vscode.l10n.t('Import Checkpoints: {0}, epochs {1}', architecture, epochs.join(', '));
  const isChoice = stateDicts !== undefined && stateDicts.others.length > 0;
  const stateDictArgs = isChoice ? await askStateDict(title, [stateDicts.chosen, ...stateDicts.others]) : [];
  if (stateDictArgs === undefined) return undefined;
  const data = await askData(title, folder, classes, await studiesFor(inspected, studies));
  if (data === undefined) return undefined;
  // A study that is there says what a new one would be asked.
  if (data.study !== undefined) return [...stateDictArgs, '--study', data.study];
  const normalizationArgs = normalization === undefined ? await askNormalization(title, classes) : [];
  if (normalizationArgs === undefined) return undefined;
  return ['--out', folder, '--name', name, ...stateDictArgs, ...normalizationArgs, ...data.args];
}

/** Studies of a model of that architecture, on images of so many classes. */
async function studiesFor(
  { architecture, classes }: Inspected,
  studies: readonly StudyEntry[],
): Promise<readonly StudyEntry[]> {
  const { readStudies } = await import('../../study');
  const fits = async (file: string): Promise<boolean> => {
    const [first, ...others] = await readStudies(file);
    const isOfModel = [first, ...others].some(({ study }) => study.model.architecture === architecture);
    return isOfModel && (await readClassNames(first.study.dataset, first.folder)).length === classes;
  };
  // Of one that cannot be read, others tell.
  const fitting = await Promise.all(studies.map(({ file }) => fits(file).catch(() => false)));
  return studies.filter((_, at) => fitting[at]);
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

type ChosenData = { readonly study: string } | { readonly study?: undefined; readonly args: readonly string[] };

async function askData(
  title: string,
  folder: string,
  classes: number,
  studies: readonly StudyEntry[],
): Promise<ChosenData | undefined> {
  const kinds = kindsFor(classes);
  const ofStudies = studies.map(({ name, file }) => ({
    label: vscode.l10n.t('Those of {0}', name),
    description: vscode.l10n.t('into this study'),
    study: file,
  }));
  const ofKinds = kinds.map((kind) => {
    const usual = join(folder, ...(folderSettings(undefined, [kind]).map(folderIn)[0] ?? '').split('/'));
    const isHere = existsSync(usual) || process.env['EPOCHLENS_DATA'] !== undefined;
    const description = isHere ? vscode.l10n.t('is here') : vscode.l10n.t('downloaded later, when you agree');
    return { label: kind.title, description, args: ['--data', usual] };
  });
  const inFolders = [
    ...kinds.map((kind) => ({
      label: vscode.l10n.t('{0} in another folder…', kind.title),
      opens: vscode.l10n.t('The folder of {0}', kind.title),
    })),
    {
      label: vscode.l10n.t('A folder of pictures…'),
      description: vscode.l10n.t('with a folder for each of the {0} classes', classes),
      opens: vscode.l10n.t('The folder of the pictures'),
    },
  ];
  const drawn = {
    label: vscode.l10n.t('Synthetic images'),
    description: vscode.l10n.t('drawn by the program'),
    args: ['--synthetic'],
  };
  const isDrawable = classNamesOf(EXAMPLE_DATASET)?.length === classes;
  const choice = await vscode.window.showQuickPick(
    [...ofStudies, ...ofKinds, ...inFolders, ...(isDrawable ? [drawn] : [])],
    { title, placeHolder: vscode.l10n.t('Which images shall they be looked at with?') },
  );
  if (choice === undefined || !('opens' in choice)) return choice;
  const options = {
    canSelectFolders: true,
    canSelectFiles: false,
    openLabel: vscode.l10n.t('Use'),
    title: choice.opens,
  };
  const data = (await vscode.window.showOpenDialog(options))?.[0]?.fsPath;
  return data === undefined ? undefined : { args: ['--data', data] };
}
