/** Texts that are shown as read-only documents, which need not be saved. */
import * as vscode from 'vscode';

const SCHEME = 'epochlens-text';
const texts = new Map<string, string>();

export function registerReadOnlyTexts(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? '',
  });
}

/** @param name the name of the document's tab, whose extension gives its language */
export function readOnlyText(name: string, text: string): vscode.Uri {
  const path = `/${name.replaceAll('/', '∕')}`;
  texts.set(path, text);
  return vscode.Uri.from({ scheme: SCHEME, path });
}

export async function showReadOnlyText(name: string, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(readOnlyText(name, text));
  await vscode.window.showTextDocument(document, { preview: true });
}
