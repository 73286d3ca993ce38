/** Saves what a page has drawn. */
import { dirname, join } from 'node:path';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { ExportKind } from '../../protocol/heatmaps';

export interface SaveOptions {
  readonly kind: ExportKind;
  /** The study's: what the file is called at first. */
  readonly name: string;
  /** Beside which it is saved at first. */
  readonly studyFile: string | undefined;
  /** Asked for where it is not given. */
  readonly target: vscode.Uri | undefined;
  readonly render: () => Promise<Uint8Array>;
}

const FILTERS = { png: { 'PNG picture': ['png'] }, csv: { 'CSV table': ['csv'] } };

export async function saveRendered({
  kind,
  name,
  studyFile,
  target,
  render,
}: SaveOptions): Promise<vscode.Uri | undefined> {
  const folder = studyFile === undefined ? homedir() : dirname(studyFile);
  const uri =
    target ??
    (await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.file(join(folder, `${name}-heatmaps.${kind}`)),
      filters: FILTERS[kind],
      title: kind === 'png' ? 'Save the figure' : 'Save the raw values',
    }));
  if (uri === undefined) return undefined;
  await vscode.workspace.fs.writeFile(uri, await render());
  return uri;
}
