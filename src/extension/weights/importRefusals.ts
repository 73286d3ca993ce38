/** Asks the person about what stopped an import, so that it can be tried again. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { epochsArgument, problemWithEpochs, proposedEpochs, type FileToDate } from './epochsAnswer';
import type { ImportQuestion, Refused } from '../../protocol/importEvents';
import { askStateDict } from './importQuestions';

export interface Answer {
  /** The arguments of the next attempt. */
  readonly args: readonly string[];
  /** The files of the next attempt, if they are not the whole folder. */
  readonly files?: readonly string[];
}

/** Undefined if the person cancels. */
export async function askAfterRefusal({ question }: Refused): Promise<Answer | undefined> {
  switch (question.kind) {
    case 'epochs':
      return askEpochs(question.files);
    case 'architecture':
      return askArchitecture(question);
    case 'stateDict': {
      const args = await askStateDict(vscode.l10n.t('Import Checkpoints'), question.keys);
      return args && { args };
    }
  }
}

type ArchitectureQuestion = Extract<ImportQuestion, { kind: 'architecture' }>;

const NAMES_SHOWN = 8;

async function askEpochs(files: readonly FileToDate[]): Promise<Answer | undefined> {
  const names = files.map(({ path }) => basename(path));
  const more = names.length - NAMES_SHOWN;
  const listed = [...names.slice(0, NAMES_SHOWN), ...(more > 0 ? [vscode.l10n.t('… ({0} more)', more)] : [])].join(
    ', ',
  );
  const isTold = files.every(({ epoch }) => epoch !== null);
  const text = await vscode.window.showInputBox({
    title:
      files.length === 1
        ? vscode.l10n.t('Import Checkpoints: the epoch of 1 file')
        : vscode.l10n.t('Import Checkpoints: the epochs of {0} files', files.length),
    prompt: isTold
      ? vscode.l10n.t('{0}: an epoch for each, in this order. Several say that they are of one epoch.', listed)
      : vscode.l10n.t('{0}: an epoch for each, in this order. Nothing tells of which epoch some are.', listed),
    value: proposedEpochs(files),
    ignoreFocusOut: true,
    validateInput: (value) => problemWithEpochs(value, files),
  });
  if (text === undefined) return undefined;
  return { args: ['--epochs', epochsArgument(text)], files: files.map(({ path }) => path) };
}

async function askArchitecture({ path, claimed, recognised }: ArchitectureQuestion): Promise<Answer | undefined> {
  const anyway = vscode.l10n.t('Import as {0} anyway', recognised);
  const detail = vscode.l10n.t(
    '{0} calls itself {1}, and its tensors have the names and shapes of {2}. Of another network the predictions would be wrong, though nothing fails.',
    basename(path),
    claimed.slice(0, 80),
    recognised,
  );
  const options = { modal: true, detail };
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Are these checkpoints of {0}?', recognised),
    options,
    anyway,
  );
  return answer === anyway ? { args: ['--architecture', recognised] } : undefined;
}
