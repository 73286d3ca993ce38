import * as vscode from 'vscode';
import type { RunStore } from '../runs/runStore';
import { perturbationLens, studyLenses, type Lens } from './lenses';

/** The lenses above a study's opening brace and its perturbations, new with every change of its runs. */
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
      const { top, perturbations } = await places(document);
      const trusted = vscode.workspace.isTrusted;
      return [
        ...studyLenses(file, runs, trusted).map((lens) => asCodeLens(lens, top)),
        ...perturbations.flatMap((range, index) => {
          const lens = perturbationLens(file, runs, trusted, index + 1);
          return lens === undefined ? [] : [asCodeLens(lens, range)];
        }),
      ];
    },
    dispose() {
      for (const owned of [...subscriptions, changed]) owned.dispose();
    },
  };
}

/** The study's opening brace, past the comments that may stand above it, and where each perturbation begins. */
async function places(document: vscode.TextDocument): Promise<{ top: vscode.Range; perturbations: vscode.Range[] }> {
  const { findNodeAtLocation, parseTree } = await import('jsonc-parser');
  const rangeAt = (offset: number): vscode.Range => {
    const start = document.positionAt(offset);
    return new vscode.Range(start, start);
  };
  const root = parseTree(document.getText());
  const entries = root === undefined ? undefined : findNodeAtLocation(root, ['perturbations'])?.children;
  return { top: rangeAt(root?.offset ?? 0), perturbations: (entries ?? []).map(({ offset }) => rangeAt(offset)) };
}

function asCodeLens({ title, tooltip, command, argument }: Lens, range: vscode.Range): vscode.CodeLens {
  return new vscode.CodeLens(range, { title, tooltip, command, arguments: [argument] });
}
