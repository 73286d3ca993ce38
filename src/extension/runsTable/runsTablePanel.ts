import * as vscode from 'vscode';
import { thinned } from '../../comparison/thinned';
import {
  runsTableHostContract,
  runsTablePageContract,
  type RunsTableHostContract,
  type RunsTablePageContract,
} from '../../protocol/runsTable';
import type { ExtensionContextParts } from '../context';
import { PANELS } from '../ids';
import { runAction } from '../runPanel/actions';
import type { RunStore } from '../runs/runStore';
import { studyFileOf, type RunTarget } from '../runs/target';
import type { PageConnection } from '../webview/connection';
import { connectPanel } from '../webview/connectPanel';
import { adoptPanel, openPanel, type PanelFrame } from '../webview/frame';
import { saveRendered, savedText } from '../webview/save';
import { rowAction } from './actions';
import { createKnownRuns, type KnownRuns } from './knownRuns';

const FRAME: PanelFrame = { viewType: PANELS.runsTable, name: 'runsTable' };
/** There is one panel, which shows the runs of any study, or of all. */
let open:
  | {
      readonly panel: vscode.WebviewPanel;
      readonly connection: PageConnection<RunsTableHostContract, RunsTablePageContract>;
    }
  | undefined;
/** The study file that was asked for before the page could be told; null for all. */
let asked: string | null | undefined;

/** @param target a study shows its runs; without one the panel keeps what the person has chosen */
export function showRunsTable(parts: ExtensionContextParts, target: RunTarget): void {
  const file = target === undefined ? undefined : studyFileOf(target);
  const study = file === undefined ? undefined : parts.runStore.studyPath(file);
  if (open === undefined) {
    asked = study ?? null;
    show(parts, openPanel(parts, FRAME, vscode.l10n.t('Runs Table')));
    return;
  }
  if (study !== undefined) {
    if (open.panel.visible) open.connection.tell('show', { study });
    else asked = study;
  }
  open.panel.reveal();
}

export function restoreRunsTable(parts: ExtensionContextParts, panel: vscode.WebviewPanel): void {
  if (open !== undefined) {
    panel.dispose();
    return;
  }
  adoptPanel(parts, FRAME, panel);
  show(parts, panel);
}

/** Kept while the panel is closed: hundreds of runs take seconds to read. */
let known: KnownRuns | undefined;

function knownRuns({ runStore, context }: ExtensionContextParts): KnownRuns {
  const made = createKnownRuns({
    runs: () => runStore.runs(),
    read: async (folder) => thinned(await (await import('../../runs')).readFacts(folder)),
    tell: (change) => open?.connection.tell('runs', change),
  });
  context.subscriptions.push(
    runStore.onDidChange(() => made.update()),
    runStore.onDidChangeFile((uri) => {
      const folder = uri && runOfResult(uri.fsPath);
      if (folder !== undefined) made.touched(folder);
    }),
  );
  return made;
}

function show(parts: ExtensionContextParts, panel: vscode.WebviewPanel): void {
  const { runStore } = parts;
  const runs = (known ??= knownRuns(parts));
  const connection = connectPanel(parts, panel, {
    name: FRAME.name,
    title: vscode.l10n.t('Runs Table'),
    host: runsTableHostContract,
    page: runsTablePageContract,
    handlers: {
      async view() {
        await someRuns(runStore);
        const study = asked;
        asked = undefined;
        return {
          runs: runs.now(),
          ...(study === undefined ? {} : { asked: study }),
          trusted: vscode.workspace.isTrusted,
        };
      },
      async save({ kind, name, text }) {
        const render = () => Promise.resolve(new TextEncoder().encode(text));
        return savedText(
          await saveRendered({ kind, name, title: vscode.l10n.t('Export Runs Table'), studyFile: undefined, render }),
        );
      },
      async copy({ text }) {
        await vscode.env.clipboard.writeText(text);
        return null;
      },
      async act({ action, runs }) {
        await rowAction(runStore, action, runs);
        return null;
      },
      async run({ action }) {
        await runAction(action, { studyFile: undefined, run: undefined });
        return null;
      },
    },
  });
  open = { panel, connection };
  panel.onDidDispose(() => {
    open = undefined;
    runs.rest();
  });
}

/** Until there is a run to show, or it is known that there is none: the others are told as they are read. */
async function someRuns(store: RunStore): Promise<void> {
  if (store.runs().length > 0) return;
  let listening: vscode.Disposable | undefined;
  const first = new Promise<void>((resolve) => {
    listening = store.onDidChange(() => store.runs().length > 0 && resolve());
  });
  await Promise.race([store.ready, first]);
  listening?.dispose();
}

/** The run folder of a file of results. */
function runOfResult(path: string): string | undefined {
  return /^(.*[\\/]\.epochlens[\\/]runs[\\/][^\\/]+[\\/][^\\/]+)[\\/]results[\\/]/.exec(path)?.[1];
}
