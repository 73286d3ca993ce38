/** Saves content that a page has rendered. */
import { dirname, join } from 'node:path';
import { homedir } from 'node:os';
import * as vscode from 'vscode';

export interface SaveOptions {
  readonly kind: 'png' | 'csv';
  /** The suggested file name, without its extension. */
  readonly name: string;
  /** The title of the dialog: "Save the figure". */
  readonly title: string;
  /** The file beside which the dialog opens, in place of the workspace's folder. */
  readonly studyFile: string | undefined;
  /** The person is asked if it is absent. */
  readonly target?: vscode.Uri | undefined;
  readonly render: () => Promise<Uint8Array>;
}

/** @returns where it was saved, or undefined if the person cancels */
export async function saveRendered(options: SaveOptions): Promise<vscode.Uri | undefined> {
  const { kind, name, title, studyFile, target, render } = options;
  const ofWorkspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  const folder = studyFile === undefined ? ofWorkspace : dirname(studyFile);
  const filters =
    kind === 'png' ? { [vscode.l10n.t('PNG picture')]: ['png'] } : { [vscode.l10n.t('CSV table')]: ['csv'] };
  const defaultUri = vscode.Uri.file(join(folder, `${name}.${kind}`));
  const uri = target ?? (await vscode.window.showSaveDialog({ defaultUri, filters, title }));
  if (uri === undefined) return undefined;
  await vscode.workspace.fs.writeFile(uri, await render());
  return uri;
}

/** What a page is told: where it was saved, or null if the person has cancelled. */
export function savedText(uri: vscode.Uri | undefined): { saved: string | null } {
  return { saved: uri === undefined ? null : vscode.workspace.asRelativePath(uri) };
}
