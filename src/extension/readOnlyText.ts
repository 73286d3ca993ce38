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
export async function showReadOnlyText(name: string, text: string): Promise<void> {
  const path = `/${name}`;
  texts.set(path, text);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: SCHEME, path }));
  await vscode.window.showTextDocument(document, { preview: true });
}
