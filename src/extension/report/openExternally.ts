import * as vscode from 'vscode';

/** Opens a report in the system's browser, which cannot read the files of a remote machine. */
export async function openExternally(path: string): Promise<void> {
  const file = vscode.Uri.file(path);
  if (vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop) {
    await vscode.env.openExternal(file);
    return;
  }
  const reveal = vscode.l10n.t('Reveal in Explorer');
  const message = vscode.l10n.t(
    'The report is {0}. Download it from the explorer to see it in a browser.',
    vscode.workspace.asRelativePath(file),
  );
  if ((await vscode.window.showInformationMessage(message, reveal)) === reveal)
    await vscode.commands.executeCommand('revealInExplorer', file);
}
