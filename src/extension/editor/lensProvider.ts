import * as vscode from 'vscode';
import type { RunStore } from '../runs/runStore';
import { studyLenses, type Lens } from './lenses';

/** The lenses above a study's opening brace, new with every change of its runs. */
export function createLensProvider(runStore: RunStore): vscode.CodeLensProvider & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const subscriptions = [
    runStore.onDidChange(() => changed.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
  ];
  return {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      await runStore.ready;
      const file = document.uri.fsPath;
      const runs = runStore.runs().filter((run) => run.studyFile === file && run.state !== 'damaged');
      const range = await openingBrace(document);
      return studyLenses(file, runs, vscode.workspace.isTrusted).map((lens) => asCodeLens(lens, range));
    },
    dispose() {
      for (const owned of [...subscriptions, changed]) owned.dispose();
    },
  };
}

/** Past the comments that may stand above it. */
async function openingBrace(document: vscode.TextDocument): Promise<vscode.Range> {
  const { parseTree } = await import('jsonc-parser');
  const start = document.positionAt(parseTree(document.getText())?.offset ?? 0);
  return new vscode.Range(start, start);
}

function asCodeLens({ title, tooltip, command, argument }: Lens, range: vscode.Range): vscode.CodeLens {
  return new vscode.CodeLens(range, { title, tooltip, command, arguments: [argument] });
}
