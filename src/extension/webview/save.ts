/** Saves content that a page has rendered. */
import { dirname, join } from 'node:path';
import { homedir } from 'node:os';
import * as vscode from 'vscode';

export interface SaveOptions {
  readonly kind: keyof ReturnType<typeof kinds>;
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

/** What a kind of file is called, by its ending. */
function kinds() {
  return {
    png: vscode.l10n.t('PNG picture'),
    csv: vscode.l10n.t('CSV table'),
    md: vscode.l10n.t('Markdown table'),
    tex: vscode.l10n.t('LaTeX table'),
  };
}

/** @returns where it was saved, or undefined if the person cancels */
export async function saveRendered(options: SaveOptions): Promise<vscode.Uri | undefined> {
  const { kind, name, title, studyFile, target, render } = options;
  const ofWorkspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  const folder = studyFile === undefined ? ofWorkspace : dirname(studyFile);
  const filters = { [kinds()[kind]]: [kind] };
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
