/** All panels of a kind: they are opened, reused, restored after a reload, and told of renamed files. */
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Contract } from '../../protocol/contract';
import { ANY_SOURCE } from '../../protocol/anySource';
import { panelSourceSchema, type PanelSource } from '../../protocol/panelView';
import type { RunPanelHost } from '../../protocol/runPanel';
import type { ExtensionContextParts } from '../context';
import type { StudyMove } from '../runs/runStore';
import { studyFileOf } from '../runs/target';
import { adoptPanel, openPanel } from '../webview/frame';
import type { BoundPanel, PanelKind, RunPanel } from './panelKind';
import { createRunPanel } from './runPanel';

export interface Panels<Host extends RunPanelHost, Page extends Contract> {
  /** Shows this in the panel that shows it already or can show it, otherwise in a new one. */
  show(source: PanelSource): RunPanel<Host, Page>;
  restore(panel: vscode.WebviewPanel, state: unknown): void;
  /** The panel that has the focus, or had it last. */
  readonly active: RunPanel<Host, Page> | undefined;
}

const stateSchema = z.object({ source: panelSourceSchema });

export function createPanels<Host extends RunPanelHost, Page extends Contract>(
  parts: ExtensionContextParts,
  kind: PanelKind<Host, Page>,
): Panels<Host, Page> {
  /** The panels, the one that had the focus last first. */
  let open: RunPanel<Host, Page>[] = [];

  function fill(webviewPanel: vscode.WebviewPanel, source: PanelSource): RunPanel<Host, Page> {
    const panel = createRunPanel(parts, kind, webviewPanel, source);
    // Every page requests something as soon as it is loaded, so the engine process is started now.
    parts.engine.prepare();
    open = [panel, ...open];
    webviewPanel.onDidChangeViewState(() => {
      if (webviewPanel.active) open = [panel, ...open.filter((other) => other !== panel)];
    });
    webviewPanel.onDidDispose(() => (open = open.filter((other) => other !== panel)));
    return panel;
  }

  function show(source: PanelSource): RunPanel<Host, Page> {
    const known = open.find((panel) => canTake(panel, source, parts));
    if (known !== undefined) {
      known.setSource({ ...source, follows: known.source.follows });
      known.webviewPanel.reveal(undefined, false);
      return known;
    }
    return fill(openPanel(parts, kind, kind.title(undefined), { retainContextWhenHidden: true }), source);
  }

  function follow(): void {
    const studyFile = studyFileOf(undefined);
    if (studyFile === undefined) return;
    for (const panel of open) {
      if (!panel.source.follows || panel.source.studyFile === studyFile) continue;
      panel.setSource({ ...ANY_SOURCE, studyFile, follows: true });
    }
  }

  /** A study file was renamed, or its runs were moved. */
  function keepUp({ from, to, runs }: StudyMove): void {
    for (const panel of open) {
      const { source } = panel;
      const isOfStudy = source.studyFile === from;
      if (!isOfStudy && (source.run === null || !runs.has(source.run))) continue;
      const run = source.run === null ? null : (runs.get(source.run) ?? source.run);
      panel.setSource({ ...source, studyFile: to, run });
    }
  }

  parts.context.subscriptions.push(
    parts.runStore.onDidMoveStudy(keepUp),
    vscode.window.onDidChangeActiveTextEditor(follow),
    vscode.window.tabGroups.onDidChangeTabs(follow),
  );

  return {
    show,
    restore(webviewPanel, state) {
      const parsed = stateSchema.safeParse(state);
      adoptPanel(parts, kind, webviewPanel);
      fill(webviewPanel, parsed.success ? parsed.data.source : ANY_SOURCE);
    },
    get active() {
      return open[0];
    },
  };
}

/** Whether a panel shows the same run and the same kind of images, or shows nothing yet. */
function canTake(
  { source, studyFile, run }: BoundPanel,
  next: PanelSource,
  { runStore }: Pick<ExtensionContextParts, 'runStore'>,
): boolean {
  if (source.images.of !== next.images.of) return false;
  if (source.follows && next.images.of === 'study') return true;
  const nextRun = next.run ?? (next.studyFile === null ? undefined : runStore.newestOf(next.studyFile)?.folder);
  return run === undefined ? studyFile === undefined || studyFile === next.studyFile : run.folder === nextRun;
}
