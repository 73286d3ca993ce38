import * as vscode from 'vscode';
import { usualArchitecture } from '../../study/defaultArchitecture';
import { SETTINGS } from '../ids';
import { isBoolean, onDidChangeSettings, readSetting } from '../settings';
import type { RunStore } from '../runs/runStore';
import type { RunSummary } from '../runs/runSummary';
import { knowsCluster } from '../sweep/cluster/known';
import type { SweepStore } from '../sweep/sweepStore';
import { comparisonLenses, modelLenses, studyLenses, type Lens } from './lenses';
import { recipeLens, sweepLenses } from './sweepLenses';
import type { SweepPlaces } from './sweepPlaces';

/**
 * Provides the lenses above a study's opening brace, and above each model of several. They are renewed with every
 * change of its runs.
 */
export function createLensProvider(
  runStore: RunStore,
  sweeps: SweepStore,
): vscode.CodeLensProvider & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const subscriptions = [
    runStore.onDidChange(() => changed.fire()),
    sweeps.onDidChange(() => changed.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    onDidChangeSettings([SETTINGS.trainingLenses, SETTINGS.clusterHosts], () => changed.fire()),
  ];
  return {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      if (!readSetting(SETTINGS.trainingLenses, isBoolean)) return [];
      await runStore.ready;
      const file = document.uri.fsPath;
      const study = runStore.studyPath(file);
      const runs = runStore.runs().filter((run) => run.studyFile === study && run.state !== 'damaged');
      const { top, models, ofSweep } = await places(document);
      const trusted = vscode.workspace.isTrusted;
      const swept = await lensesOfSweep(document, ofSweep, sweeps, trusted);
      const otherOf = (run: RunSummary | undefined) => otherSettingsOf(run, document);
      if (models.length === 0)
        return [
          ...studyLenses(file, runs, trusted, await otherOf(runs[0])).map((lens) => asCodeLens(lens, top)),
          ...swept,
        ];
      const ofModels = models.map(async ({ architecture, range }) => {
        const other = await otherOf(runs.find((run) => run.architecture === architecture));
        return modelLenses(file, runs, trusted, architecture, other).map((lens) => asCodeLens(lens, range));
      });
      return [
        ...comparisonLenses(file, runs, trusted).map((lens) => asCodeLens(lens, top)),
        ...(await Promise.all(ofModels)).flat(),
        ...swept,
      ];
    },
    dispose() {
      for (const owned of [...subscriptions, changed]) owned.dispose();
    },
  };
}

async function lensesOfSweep(
  document: vscode.TextDocument,
  { sweep, recipes }: SweepPlaces,
  sweeps: SweepStore,
  trusted: boolean,
): Promise<vscode.CodeLens[]> {
  const file = document.uri.fsPath;
  const state = sweeps.of(file);
  if (sweep === undefined || state === undefined) return [];
  const options = { trusted, hasCluster: await knowsCluster(state) };
  return [
    ...sweepLenses(file, state, options).map((lens) => asCodeLens(lens, rangeAt(document, sweep))),
    ...recipes.flatMap(({ name, offset }) => {
      // Of several models the architecture comes first.
      const cells = state.cells.filter(({ cell }) => cell.recipe === name || cell.recipe.endsWith(` ${name}`));
      return recipeLens(file, cells).map((lens) => asCodeLens(lens, rangeAt(document, offset)));
    }),
  ];
}

/** A run whose folder is gone gets no lens. */
async function otherSettingsOf(
  run: RunSummary | undefined,
  document: vscode.TextDocument,
): Promise<string | undefined> {
  if (run === undefined) return undefined;
  const [{ openRun }, { otherSettings }] = await Promise.all([import('../../runs'), import('../runs/otherSettings')]);
  const opened = await openRun(run.folder).catch(() => undefined);
  return opened && otherSettings(opened, document.getText(), document.uri.fsPath);
}

interface Places {
  /** The study's opening brace, after any comments above it. */
  readonly top: vscode.Range;
  /** The models of a list, each with the place where it begins. */
  readonly models: readonly { readonly architecture: string; readonly range: vscode.Range }[];
  readonly ofSweep: SweepPlaces;
}

async function places(document: vscode.TextDocument): Promise<Places> {
  const [{ findNodeAtLocation }, { parseWhatIsThere }, { sweepPlaces }] = await Promise.all([
    import('jsonc-parser'),
    import('../../study/jsonText'),
    import('./sweepPlaces'),
  ]);
  const root = parseWhatIsThere(document.getText());
  const list = root && findNodeAtLocation(root, ['model']);
  const models = (list?.type === 'array' ? (list.children ?? []) : []).map((entry) => {
    const named: unknown = findNodeAtLocation(entry, ['architecture'])?.value;
    // The schema's default for an entry that names no architecture.
    const usual = usualArchitecture(findNodeAtLocation(entry, ['weights'])?.value);
    const architecture = typeof named === 'string' ? named : usual;
    return { architecture, range: rangeAt(document, entry.offset) };
  });
  return {
    top: rangeAt(document, root?.offset ?? 0),
    models: models.length > 1 ? models : [],
    ofSweep: sweepPlaces(root),
  };
}

export function rangeAt(document: vscode.TextDocument, offset: number): vscode.Range {
  const start = document.positionAt(offset);
  return new vscode.Range(start, start);
}

export function asCodeLens({ title, tooltip, command, argument }: Lens, range: vscode.Range): vscode.CodeLens {
  return new vscode.CodeLens(range, { title, tooltip, command, arguments: [argument] });
}
