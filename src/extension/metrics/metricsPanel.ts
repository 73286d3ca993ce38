import * as vscode from 'vscode';
import {
  metricsHostContract,
  metricsPageContract,
  type MetricsHostContract,
  type MetricsPageContract,
} from '../../protocol/metrics';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, PANELS } from '../ids';
import { runOfTarget, studyFileOf, type RunTarget } from '../runs/target';
import { runAction } from '../runPanel/actions';
import type { PageConnection } from '../webview/connection';
import { connectPanel } from '../webview/connectPanel';
import { adoptPanel, openPanel, type PanelFrame } from '../webview/frame';
import { saveRendered, savedText } from '../webview/save';
import { proposedRuns } from './curves';
import { createFeed } from './feed';
import { createCurveReader } from './readCurves';

const FRAME: PanelFrame = { viewType: PANELS.metrics, name: 'metrics' };
/** There is one panel, which shows any number of runs. */
let open:
  | {
      readonly panel: vscode.WebviewPanel;
      readonly connection: PageConnection<MetricsHostContract, MetricsPageContract>;
    }
  | undefined;
/** What a page shows that has kept no state. */
let proposed: string[] | undefined;
/** A request that came while the page was hidden and could not receive it. */
let asked: string[] = [];

export async function showMetrics(parts: ExtensionContextParts, target: RunTarget): Promise<void> {
  await parts.runStore.ready;
  const meant = meaning(parts, target);
  const wanted = proposedRuns(parts.runStore.runs(), meant);
  if (open === undefined) {
    proposed = wanted;
    show(parts, openPanel(parts, FRAME, vscode.l10n.t('Metrics')));
    return;
  }
  // Without a target the panel keeps what the person has chosen.
  if (meant.named !== undefined || meant.studyFile !== undefined) {
    if (open.panel.visible) open.connection.tell('show', { runs: wanted });
    else asked = wanted;
  }
  open.panel.reveal();
}

export function restoreMetrics(parts: ExtensionContextParts, panel: vscode.WebviewPanel): void {
  if (open !== undefined) {
    panel.dispose();
    return;
  }
  adoptPanel(parts, FRAME, panel);
  show(parts, panel);
}

function meaning({ runStore }: ExtensionContextParts, target: RunTarget): { named?: string[]; studyFile?: string } {
  const node = typeof target === 'object' && !(target instanceof vscode.Uri) ? target : undefined;
  if (node?.runs !== undefined) return { named: node.runs.filter((folder) => runStore.find(folder) !== undefined) };
  const studyFile = studyFileOf(target);
  const isNamed = node?.run !== undefined || (typeof target === 'string' && studyFile === undefined);
  const run = isNamed ? runOfTarget(target, runStore)?.folder : undefined;
  const study = studyFile === undefined ? {} : { studyFile: runStore.studyPath(studyFile) };
  return { ...(run === undefined ? {} : { named: [run] }), ...study };
}

/** Results are written by the dozen. */
const QUIET_MILLISECONDS = 500;

function isOfCurves({ path }: vscode.Uri): boolean {
  return path.endsWith('/steps.jsonl') || path.includes('/results/');
}

function show(parts: ExtensionContextParts, panel: vscode.WebviewPanel): void {
  const { runStore } = parts;
  const feed = createFeed({
    runs: () => runStore.runs(),
    read: createCurveReader(),
    tellList: (change) => connection.tell('runs', change),
    tellCurves: (curves) => connection.tell('curves', curves),
  });
  const connection = connectPanel(parts, panel, {
    name: 'metrics',
    title: vscode.l10n.t('Metrics'),
    host: metricsHostContract,
    page: metricsPageContract,
    handlers: {
      async view() {
        await runStore.ready;
        const runs = proposed ?? proposedRuns(runStore.runs(), {});
        const besides = asked;
        asked = [];
        return { runs: feed.list(), proposed: runs, asked: besides, trusted: vscode.workspace.isTrusted };
      },
      curves: ({ runs }) => feed.curves(runs),
      async save({ kind, bytes }) {
        const title = kind === 'png' ? vscode.l10n.t('Export Metrics as PNG') : vscode.l10n.t('Export Metrics as CSV');
        return savedText(
          await saveRendered({
            kind,
            name: 'metrics',
            title,
            studyFile: undefined,
            render: () => Promise.resolve(bytes),
          }),
        );
      },
      async run({ action }) {
        await runAction(action, { studyFile: undefined, run: undefined });
        return null;
      },
      async measure({ run }) {
        await vscode.commands.executeCommand(COMMANDS.measureAccuracy, run);
        return null;
      },
    },
  });
  const tellSoon = (): void => {
    soon = undefined;
    tellChanges();
  };
  const tellChanges = (): void => {
    feed.changed().catch((error: unknown) => parts.log.error('The curves could not be read.', String(error)));
  };
  let soon: NodeJS.Timeout | undefined;
  const watching = vscode.Disposable.from(
    runStore.onDidChange(tellChanges),
    // Steps and results, of which the store knows nothing.
    runStore.onDidChangeFile((uri) => {
      if (uri !== undefined && isOfCurves(uri)) soon ??= setTimeout(tellSoon, QUIET_MILLISECONDS);
    }),
    { dispose: () => clearTimeout(soon) },
  );
  open = { panel, connection };
  panel.onDidDispose(() => {
    open = undefined;
    watching.dispose();
  });
}
