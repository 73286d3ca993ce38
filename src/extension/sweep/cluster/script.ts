/** The script that tasks are handed over by: the person's, beside the study. */
import * as vscode from 'vscode';
import * as z from 'zod';
import { WorkError } from '../../../common/errors';
import type { SweepState } from '../../../sweeps/sweepState';
import { showReadOnlyText } from '../../readOnlyText';
import { textColumn } from '../../webview/panelPlace';
import type { SweepParts } from '../sweepParts';
import { sweepCommand } from './sweepCommand';

export async function scriptFile({ studyFile }: Pick<SweepState, 'studyFile'>): Promise<string> {
  const { readTemplate } = await import('../../../cluster');
  return (await readTemplate(studyFile)).file;
}

/** Opens it, written first where there is none yet. */
export async function editScript({ studyFile }: SweepState): Promise<void> {
  const { keepTemplate, readTemplate } = await import('../../../cluster');
  const template = await readTemplate(studyFile);
  await keepTemplate(template);
  await vscode.window.showTextDocument(vscode.Uri.file(template.file), { viewColumn: textColumn(), preview: false });
}

/** What is submitted is what its editor shows. @throws WorkError where it cannot be saved */
export async function saveScript(state: SweepState): Promise<void> {
  const file = await scriptFile(state);
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
  if (document?.isDirty === true && !(await document.save()))
    throw new WorkError(vscode.l10n.t('the script could not be saved'), { file });
}

const dryRunSchema = z.object({ event: z.literal('dryRun'), script: z.string() });

/** Shows what would be submitted, as it would be. @throws CancelledError, WorkError */
export async function showScript(parts: SweepParts, state: SweepState, args: readonly string[]): Promise<void> {
  await saveScript(state);
  const title = vscode.l10n.t('Preparing the script of {0}', state.studyName);
  const result = await sweepCommand(parts, state, title, [...args, '--dry-run'], dryRunSchema);
  const text = result?.script ?? `# ${vscode.l10n.t('Nothing is left to submit of {0}.', state.studyName)}\n`;
  await showReadOnlyText(`${state.studyName}.slurm.sh`, text);
}
