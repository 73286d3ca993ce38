import * as vscode from 'vscode';

/** Whether the workspace is trusted, so that programs may start. If not, a message offers to change that. */
export async function isTrusted(what: string): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const message = `${what} starts a program, which a restricted workspace does not allow.`;
  const answer = await vscode.window.showWarningMessage(message, manage);
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return vscode.workspace.isTrusted;
}
