/** The open editors of a study file. */
import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { STUDY_SUFFIX } from '../../study/fileName';

/** The open documents of a file, also through links, whose text a person sees or has changed: usually one or none. */
export async function documentsOf(file: string): Promise<vscode.TextDocument[]> {
  const uris = [...tabUris(), ...vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri)];
  const wanted = new Map<string, vscode.Uri>();
  for (const uri of uris) if (await isOf(uri, file)) wanted.set(uri.toString(), uri);
  const open = vscode.workspace.textDocuments;
  const opened = await Promise.allSettled(
    [...wanted].map(async ([key, uri]) => {
      // A tab that was never visible since the window was loaded has a document that is not opened yet.
      return open.find((each) => each.uri.toString() === key) ?? (await vscode.workspace.openTextDocument(uri));
    }),
  );
  return opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

function tabUris(): vscode.Uri[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.flatMap(({ input }) => {
    if (input instanceof vscode.TabInputText) return [input.uri];
    return input instanceof vscode.TabInputTextDiff ? [input.modified] : [];
  });
}

async function isOf({ scheme, fsPath }: vscode.Uri, file: string): Promise<boolean> {
  if (scheme !== 'file' || !fsPath.endsWith(STUDY_SUFFIX)) return false;
  return fsPath === file || (await resolved(fsPath)) === (await resolved(file));
}

function resolved(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
