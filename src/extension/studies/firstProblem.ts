import { basename } from 'node:path';
import * as vscode from 'vscode';
import { cut } from '../../common/printable';
import { rangeOf } from '../editor/places';
import type { Finding } from '../editor/finding';

const LONGEST_MESSAGE = 200;

/**
 * Opens a study file at the first of its errors, and says in a few words what it is.
 * @returns whether there is one
 */
export async function showFirstProblem(file: string): Promise<boolean> {
  const document = await Promise.resolve(vscode.workspace.openTextDocument(file)).catch(() => undefined);
  if (document === undefined) return false;
  const { checkStudy } = await import('../editor/checkStudy');
  const found = await checkStudy(document.getText(), file);
  const [first, ...others] = found.filter(({ severity }) => severity === 'error');
  if (first === undefined) return false;
  await vscode.window.showTextDocument(document, { preview: false, selection: rangeOf(first, document) });
  void offerProblems(problemText(first, others.length, document));
  return true;
}

function problemText(first: Finding, others: number, document: vscode.TextDocument): string {
  const name = basename(document.uri.fsPath);
  const line = rangeOf(first, document).start.line + 1;
  const message = cut(first.message, LONGEST_MESSAGE);
  if (others === 0) return vscode.l10n.t('{0}, line {1}: {2}', name, line, message);
  return others === 1
    ? vscode.l10n.t('{0}, line {1}: {2} There is 1 more problem.', name, line, message)
    : vscode.l10n.t('{0}, line {1}: {2} There are {3} more problems.', name, line, message, others);
}

async function offerProblems(message: string): Promise<void> {
  const show = vscode.l10n.t('Show Problems');
  if ((await vscode.window.showErrorMessage(message, show)) === show)
    await vscode.commands.executeCommand('workbench.actions.view.problems');
}
