/** The pages of `media/docs`, opened in VS Code's own Markdown preview. */
import * as vscode from 'vscode';
import type { ExtensionContextParts } from '../context';
import { documentationPages, type DocumentationPage } from './documentationPages';

type Parts = Pick<ExtensionContextParts, 'context'>;

/**
 * Opens a page of the documentation.
 *
 * @param target the page's file name without `.md`, as walkthrough links pass it; for anything else the person chooses
 */
export async function openDocumentationCommand(parts: Parts, target: unknown): Promise<void> {
  const named = documentationPages().find(({ id }) => id === target);
  const page = named ?? (await choosePage());
  if (page !== undefined) await showPage(parts, page);
}

/** Opens the page that says what holds when something goes wrong, and which test shows it. */
export async function showPromisesCommand(parts: Parts): Promise<void> {
  await openDocumentationCommand(parts, 'promises');
}

async function choosePage(): Promise<DocumentationPage | undefined> {
  const items = documentationPages().map((page) => ({ label: page.title, detail: page.about, page }));
  const options = {
    title: vscode.l10n.t('Documentation'),
    placeHolder: vscode.l10n.t('Which page?'),
    matchOnDetail: true,
  };
  return (await vscode.window.showQuickPick(items, options))?.page;
}

async function showPage({ context }: Parts, { id }: DocumentationPage): Promise<void> {
  const page = vscode.Uri.joinPath(context.extensionUri, 'media', 'docs', `${id}.md`);
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
