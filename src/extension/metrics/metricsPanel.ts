import { homedir } from 'node:os';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import {
  metricsHostContract,
  metricsPageContract,
  type MetricsAction,
  type MetricsExport,
  type MetricsHostContract,
  type MetricsPageContract,
} from '../../protocol/metrics';
import type { ExtensionContextParts } from '../context';
import { COMMANDS, PANELS } from '../ids';
import { runOfTarget, studyFileOf, type RunTarget } from '../runs/target';
import { connectPage, type PageConnection } from '../webview/connection';
import { panelColumn, panelIcon } from '../webview/panelPlace';
import { curveOf, proposedRuns } from './curves';

const TITLE = 'Metrics';
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
    show(parts, vscode.window.createWebviewPanel(PANELS.metrics, TITLE, panelColumn()));
    return;
  }
  // Without a target the panel keeps what the person has chosen.
  if (meant.run !== undefined || meant.studyFile !== undefined) {
    if (open.panel.visible) open.connection.tell('show', { runs: wanted });
    else asked = wanted;
  }
  open.panel.reveal();
}

export function restoreMetrics(parts: ExtensionContextParts, panel: vscode.WebviewPanel): void {
  if (open === undefined) show(parts, panel);
  else panel.dispose();
}

function meaning({ runStore }: ExtensionContextParts, target: RunTarget): { run?: string; studyFile?: string } {
  const studyFile = studyFileOf(target);
  const isRun = typeof target === 'object' && !(target instanceof vscode.Uri) && target.run !== undefined;
  const named = typeof target === 'string' && studyFile === undefined;
  const run = isRun || named ? runOfTarget(target, runStore)?.folder : undefined;
  const study = studyFile === undefined ? {} : { studyFile: runStore.studyPath(studyFile) };
  return { ...(run === undefined ? {} : { run }), ...study };
}

function show(parts: ExtensionContextParts, panel: vscode.WebviewPanel): void {
  const { context, runStore, log } = parts;
  const curves = () => runStore.runs().map(curveOf);
  panel.iconPath = panelIcon(context.extensionUri, 'metrics');
  const connection = connectPage({
    webview: panel.webview,
    extensionUri: context.extensionUri,
    name: 'metrics',
    title: TITLE,
    host: metricsHostContract,
    page: metricsPageContract,
    handlers: {
      async view() {
        await runStore.ready;
        const runs = proposed ?? proposedRuns(runStore.runs(), {});
        const besides = asked;
        asked = [];
        return { runs: curves(), proposed: runs, asked: besides, trusted: vscode.workspace.isTrusted };
      },
      save: async ({ kind, bytes }) => ({ saved: await save(kind, bytes) }),
      run: async ({ action }) => {
        await vscode.commands.executeCommand(ACTIONS[action]);
        return null;
      },
    },
    onWarning: (text, error) => log.warn(`${TITLE}: ${text}`, error instanceof Error ? error : ''),
  });
  const watching = runStore.onDidChange(() => connection.tell('runs', curves()));
  open = { panel, connection };
  panel.onDidDispose(() => {
    open = undefined;
    watching.dispose();
    connection.dispose();
  });
}

const ACTIONS: Readonly<Record<MetricsAction, string>> = {
  createStudy: COMMANDS.createStudy,
  train: COMMANDS.train,
  runExample: COMMANDS.runExample,
  manageTrust: 'workbench.trust.manage',
};

/** @returns the file's name; null if the person cancels */
async function save(kind: MetricsExport, bytes: Uint8Array): Promise<string | null> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const uri = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, `metrics.${kind}`),
    filters: kind === 'png' ? { 'PNG picture': ['png'] } : { 'Comma-separated values': ['csv'] },
    title: `Export Metrics as ${kind.toUpperCase()}`,
  });
  if (uri === undefined) return null;
  await vscode.workspace.fs.writeFile(uri, bytes);
  return basename(uri.fsPath);
}
