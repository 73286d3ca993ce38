/** Saves what a page has drawn or written. */
import { dirname, join } from 'node:path';
import { homedir } from 'node:os';
import * as vscode from 'vscode';

export interface SaveOptions {
  readonly kind: 'png' | 'csv';
  /** What the file is called at first, without its extension. */
  readonly name: string;
  /** Of the dialog: "Save the figure". */
  readonly title: string;
  /** Beside which it is saved at first. */
  readonly studyFile: string | undefined;
  /** Asked for where it is not given. */
  readonly target?: vscode.Uri | undefined;
  readonly render: () => Promise<Uint8Array>;
}

const FILTERS = { png: { 'PNG picture': ['png'] }, csv: { 'CSV table': ['csv'] } };

/** @returns where it was saved, or undefined where the person decided against it */
export async function saveRendered(options: SaveOptions): Promise<vscode.Uri | undefined> {
  const { kind, name, title, studyFile, target, render } = options;
  const folder = studyFile === undefined ? homedir() : dirname(studyFile);
  const defaultUri = vscode.Uri.file(join(folder, `${name}.${kind}`));
  const uri = target ?? (await vscode.window.showSaveDialog({ defaultUri, filters: FILTERS[kind], title }));
  if (uri === undefined) return undefined;
  await vscode.workspace.fs.writeFile(uri, await render());
  return uri;
}
