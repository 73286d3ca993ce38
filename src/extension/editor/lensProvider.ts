import * as vscode from 'vscode';
import { DEFAULT_ARCHITECTURE } from '../../study/defaultArchitecture';
import type { RunStore } from '../runs/runStore';
import { comparisonLenses, modelLenses, perturbationLens, studyLenses, type Lens } from './lenses';

/** The lenses above a study's opening brace, its models where there are several, and its perturbations, new with every change of its runs. */
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
      const { top, models, perturbations } = await places(document);
      const trusted = vscode.workspace.isTrusted;
      return [
        ...(models.length > 1 ? comparisonLenses : studyLenses)(file, runs, trusted).map((lens) =>
          asCodeLens(lens, top),
        ),
        ...models.flatMap(({ architecture, range }) =>
          modelLenses(file, runs, trusted, architecture).map((lens) => asCodeLens(lens, range)),
        ),
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

interface Places {
  /** The study's opening brace, past the comments that may stand above it. */
  readonly top: vscode.Range;
  /** Of a list of several, each with where it begins. */
  readonly models: readonly { readonly architecture: string; readonly range: vscode.Range }[];
  readonly perturbations: readonly vscode.Range[];
}

async function places(document: vscode.TextDocument): Promise<Places> {
  const { findNodeAtLocation, parseTree } = await import('jsonc-parser');
  const rangeAt = (offset: number): vscode.Range => {
    const start = document.positionAt(offset);
    return new vscode.Range(start, start);
  };
  const root = parseTree(document.getText());
  const entriesOf = (field: string) => {
    const list = root && findNodeAtLocation(root, [field]);
    return list?.type === 'array' ? (list.children ?? []) : [];
  };
  const models = entriesOf('model').map((entry) => {
    const named: unknown = findNodeAtLocation(entry, ['architecture'])?.value;
    // As the schema has it where an entry names none.
    return { architecture: typeof named === 'string' ? named : DEFAULT_ARCHITECTURE, range: rangeAt(entry.offset) };
  });
  return {
    top: rangeAt(root?.offset ?? 0),
    models: models.length > 1 ? models : [],
    perturbations: entriesOf('perturbations').map(({ offset }) => rangeAt(offset)),
  };
}

function asCodeLens({ title, tooltip, command, argument }: Lens, range: vscode.Range): vscode.CodeLens {
  return new vscode.CodeLens(range, { title, tooltip, command, arguments: [argument] });
}
