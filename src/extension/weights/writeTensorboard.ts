import * as vscode from 'vscode';
import * as z from 'zod';
import { shellWord } from '../../common/shellWord';
import { cliDocument } from '../commands/cliDocument';
import type { CoreParts } from '../coreParts';
import { pickRun } from '../runs/pick';
import { studyFileOf, type RunTarget } from '../runs/target';
import { isTrusted } from '../training/trust';

/** Writes event files of a run, or of all runs of a study, and says how to see them. */
export async function writeTensorboardCommand(parts: CoreParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Writing TensorBoard files')))) return;
  const place = isStudy(target) ? studyFileOf(target) : (await askRun(parts, target))?.folder;
  if (place === undefined) return;
  const title = vscode.l10n.t('Writing TensorBoard files');
  const { logdir } = await cliDocument(parts, title, ['tensorboard', place], z.object({ logdir: z.string() }));
  const command = `tensorboard --logdir ${shellWord(logdir)}`;
  const copy = vscode.l10n.t('Copy Command');
  const message = vscode.l10n.t('TensorBoard files are in {0}. See them in a terminal by: {1}', logdir, command);
  if ((await vscode.window.showInformationMessage(message, copy)) === copy)
    await vscode.env.clipboard.writeText(command);
}

/** A node of a study, or its file: all of its runs are meant. */
function isStudy(target: RunTarget): boolean {
  if (target instanceof vscode.Uri) return studyFileOf(target) !== undefined;
  return typeof target === 'object' && target.run === undefined && target.studyFile !== undefined;
}

function askRun(parts: CoreParts, target: RunTarget) {
  return pickRun(target, parts.runStore, {
    placeHolder: vscode.l10n.t('TensorBoard files of which run?'),
    none: vscode.l10n.t('There is no run with a checkpoint yet. Train a study, or import checkpoints.'),
    only: ({ checkpoints }) => checkpoints.length > 0,
  });
}
