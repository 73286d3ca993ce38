import * as vscode from 'vscode';

/**
 * Whether the workspace is trusted, so that programs may start. If not, a message offers to change that.
 * @param what the work that starts a program, as it begins a sentence: "Training"
 */
export async function isTrusted(what: string): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const message = vscode.l10n.t('{0} starts a program, which a restricted workspace does not allow.', what);
  const answer = await vscode.window.showWarningMessage(message, manage);
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return vscode.workspace.isTrusted;
}
