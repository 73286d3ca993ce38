/** Image files that can be looked at through checkpoints. */
import * as vscode from 'vscode';
import { IMAGE_EXTENSIONS } from '../imageFiles/extensions';

const PATTERN = new RegExp(`\\.(${IMAGE_EXTENSIONS.join('|')})$`, 'i');

/** Undefined where the person decides against it. */
export async function askForImages(title: string, openLabel: string): Promise<string[] | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    filters: { Images: IMAGE_EXTENSIONS },
    openLabel,
    title,
  });
  return chosen?.map(({ fsPath }) => fsPath);
}

/**
 * The images that a menu's command is about. The explorer gives the file and all selected ones; a tab its own; a right
 * click on the picture in VS Code's preview gives no file, but then its tab is the active one.
 */
export function imagesOf(target: unknown, others: readonly unknown[]): string[] {
  return filesOf(target, others).filter((path) => PATTERN.test(path));
}

/** The files that a menu's command is about, whatever they are. */
export function filesOf(target: unknown, others: readonly unknown[]): string[] {
  const given = [...others, target].filter((item): item is vscode.Uri => item instanceof vscode.Uri);
  const uris = given.length > 0 ? given : activeUri();
  return [...new Set(uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath))];
}

function activeUri(): vscode.Uri[] {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? [input.uri] : [];
}
