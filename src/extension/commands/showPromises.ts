import * as vscode from 'vscode';
import type { ExtensionContextParts } from '../context';

/** The page of what EpochLens promises, and by which test each promise is shown, in VS Code's own preview. */
export async function showPromisesCommand({ context }: Pick<ExtensionContextParts, 'context'>): Promise<void> {
  const page = vscode.Uri.joinPath(context.extensionUri, 'media', 'docs', 'promises.md');
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
