import * as vscode from 'vscode';
import { WorkError } from '../../common/errors';
import type { JsonPath } from '../../study/problem';
import type { Change } from './finding';

/** An edit that sets the values at some paths; undefined removes one. Comments and the rest of the text stay. */
export async function changesEdit(
  document: vscode.TextDocument,
  changes: readonly Change[],
): Promise<vscode.WorkspaceEdit> {
  const { applyEdits, modify } = await import('jsonc-parser');
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol };
  const before = document.getText();
  const after = changes.reduce(
    (text, { path, value }) => applyEdits(text, modify(text, [...path], value, { formattingOptions })),
    before,
  );
  const edit = new vscode.WorkspaceEdit();
  const { start, end, text } = difference(before, after);
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  return edit;
}

/** A replacement of a range of the text. */
function difference(before: string, after: string): { start: number; end: number; text: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

/**
 * Changes a study file in its editor, so that the person can undo it. The file is not saved.
 * @throws WorkError where the editor refuses the edit
 */
export async function changeValue(uri: vscode.Uri, path: JsonPath, value: unknown): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (await vscode.workspace.applyEdit(await changesEdit(document, [{ path, value }]))) return;
  throw new WorkError(vscode.l10n.t('the study file could not be changed'), {
    file: uri.fsPath,
    advice: vscode.l10n.t('Change it by hand.'),
  });
}
