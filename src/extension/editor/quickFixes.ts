import * as vscode from 'vscode';
import type { Diagnostics } from './diagnostics';
import { changesEdit } from './edits';
import type { Finding, Fix } from './finding';
import { rangeOf } from './places';

/** Offers the fixes for findings at a place, also for findings that VS Code's JSON support reports. */
export function quickFixes(diagnostics: Diagnostics): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, range, { diagnostics: shown }) {
      const found = (await diagnostics.findings(document)).filter(
        (finding) => rangeOf(finding, document).intersection(range) !== undefined,
      );
      const actions = found.flatMap((finding) =>
        finding.fixes.map((fix, index) => action(document, finding, fix, index === 0, shown)),
      );
      // Several findings can have the same fix.
      const resolved = await Promise.all(actions);
      return resolved.filter(({ title }, index) => resolved.findIndex((other) => other.title === title) === index);
    },
  };
}

async function action(
  document: vscode.TextDocument,
  finding: Finding,
  fix: Fix,
  preferred: boolean,
  shown: readonly vscode.Diagnostic[],
): Promise<vscode.CodeAction> {
  const range = rangeOf(finding, document);
  const result = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  result.isPreferred = preferred;
  result.diagnostics = shown.filter((diagnostic) => diagnostic.range.intersection(range) !== undefined);
  if ('changes' in fix) {
    result.edit = await changesEdit(document, fix.changes);
  } else if ('command' in fix) {
    result.command = { title: fix.title, command: fix.command, arguments: [fix.argument] };
  } else {
    result.edit = new vscode.WorkspaceEdit();
    result.edit.replace(document.uri, range, fix.replacement);
  }
  return result;
}
