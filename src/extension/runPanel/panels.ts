/** All panels of a kind: opened beside, used again, brought back after a reload, following the focus where they are told. */
import * as vscode from 'vscode';
import { z } from 'zod';
import { panelSourceSchema, type PanelSource } from '../../protocol/heatmaps';
import type { ExtensionContextParts } from '../context';
import { studyFileOf } from '../runs/target';
import { panelIcon } from '../webview/panelPlace';

/** A panel of a study's newest run or of a certain one, and of the study's images or of image files. */
export interface RunPanel {
  readonly panel: vscode.WebviewPanel;
  readonly source: PanelSource;
  /** The study file it shows, as far as one is known. */
  readonly studyFile: string | undefined;
  /** The run it shows. */
  readonly run: string | undefined;
  setSource(source: PanelSource): void;
}

export interface PanelKind<Panel extends RunPanel> {
  readonly viewType: string;
  /** Until it is known what it shows. */
  readonly title: string;
  /** Of its tab: `media/NAME-light.svg` and `media/NAME-dark.svg`. */
  readonly icon: string;
  /** Where a new one opens; beside what has the focus by default. */
  readonly column?: () => vscode.ViewColumn;
  readonly create: (panel: vscode.WebviewPanel, source: PanelSource) => Panel;
}

export interface Panels<Panel extends RunPanel> {
  /** Shows this in a panel that shows it already or is of the same kind, else in a new one beside. */
  show(source: PanelSource): Panel;
  restore(panel: vscode.WebviewPanel, state: unknown): void;
  /** The one that has the focus, or had it last. */
  readonly active: Panel | undefined;
}

const NOTHING: PanelSource = { studyFile: null, run: null, files: null, follows: false };
const stateSchema = z.object({ source: panelSourceSchema });

export function createPanels<Panel extends RunPanel>(
  parts: Pick<ExtensionContextParts, 'context' | 'runStore'>,
  { viewType, title, icon, column = () => vscode.ViewColumn.Beside, create }: PanelKind<Panel>,
): Panels<Panel> {
  /** The one that had the focus last comes first. */
  let open: Panel[] = [];

  function adopt(webviewPanel: vscode.WebviewPanel, source: PanelSource): Panel {
    webviewPanel.iconPath = panelIcon(parts.context.extensionUri, icon);
    const panel = create(webviewPanel, source);
    open = [panel, ...open];
    webviewPanel.onDidChangeViewState(() => {
      if (webviewPanel.active) open = [panel, ...open.filter((other) => other !== panel)];
    });
    webviewPanel.onDidDispose(() => (open = open.filter((other) => other !== panel)));
    return panel;
  }

  function show(source: PanelSource): Panel {
    const known = open.find((panel) => canTake(panel, source, parts));
    if (known !== undefined) {
      known.setSource({ ...source, follows: known.source.follows });
      known.panel.reveal(undefined, false);
      return known;
    }
    const options = { enableFindWidget: false, retainContextWhenHidden: true };
    const webviewPanel = vscode.window.createWebviewPanel(
      viewType,
      title,
      { viewColumn: column(), preserveFocus: false },
      options,
    );
    return adopt(webviewPanel, source);
  }

  function follow(): void {
    const studyFile = studyFileOf(undefined);
    if (studyFile === undefined) return;
    for (const panel of open) {
      if (!panel.source.follows || panel.source.studyFile === studyFile) continue;
      panel.setSource({ ...NOTHING, studyFile, follows: true });
    }
  }

  parts.context.subscriptions.push(
    vscode.window.onDidChangeActiveTextEditor(follow),
    vscode.window.tabGroups.onDidChangeTabs(follow),
  );

  return {
    show,
    restore(webviewPanel, state) {
      const parsed = stateSchema.safeParse(state);
      adopt(webviewPanel, parsed.success ? parsed.data.source : NOTHING);
    },
    get active() {
      return open[0];
    },
  };
}

/** Whether it shows the same run, and its study's images or files alike; or shows nothing yet. */
function canTake(
  { source, studyFile, run }: RunPanel,
  next: PanelSource,
  { runStore }: Pick<ExtensionContextParts, 'runStore'>,
): boolean {
  if ((source.files === null) !== (next.files === null)) return false;
  if ((source.images === undefined) !== (next.images === undefined)) return false;
  if (source.follows && next.files === null && next.images === undefined) return true;
  const nextRun = next.run ?? (next.studyFile === null ? undefined : runStore.newestOf(next.studyFile)?.folder);
  return run === undefined ? studyFile === undefined || studyFile === next.studyFile : run === nextRun;
}
