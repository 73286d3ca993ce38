/** The image files that a command is about. */
import * as vscode from 'vscode';
import { IMAGE_EXTENSIONS } from '../imageFiles/extensions';

const PATTERN = new RegExp(`\\.(${IMAGE_EXTENSIONS.join('|')})$`, 'i');

/** @returns undefined if the person cancels */
export async function askForImages(title: string, openLabel: string): Promise<string[] | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    filters: { [vscode.l10n.t('Images')]: IMAGE_EXTENSIONS },
    openLabel,
    title,
  });
  return chosen?.map(({ fsPath }) => fsPath);
}

/**
 * The images that a menu's command is about. The explorer passes the file and all selected ones, a tab its own. A right
 * click on the picture in VS Code's preview passes no file; the active tab is then meant.
 */
export function imagesOf(target: unknown, others: readonly unknown[]): string[] {
  return filesOf(target, others).filter((path) => PATTERN.test(path));
}

/** The files that a menu's command is about, of any kind. */
export function filesOf(target: unknown, others: readonly unknown[]): string[] {
  const given = [...others, target].filter((item): item is vscode.Uri => item instanceof vscode.Uri);
  const uris = given.length > 0 ? given : activeUri();
  return [...new Set(uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath))];
}

function activeUri(): vscode.Uri[] {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? [input.uri] : [];
}
