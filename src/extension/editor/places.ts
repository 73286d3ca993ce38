import * as vscode from 'vscode';
import type { Finding } from './finding';

export function rangeOf({ offset, length }: Finding, document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + Math.max(1, length)));
}
