/**
 * Where panels are: the first opens beside the text, every further one where a panel already is. Where the person moves
 * a panel, the next one of its kind opens, also after the window was reloaded.
 */
import * as vscode from 'vscode';
import type { PanelId } from '../ids';
import { isMoved, type Place } from './place';

/** The columns to which the person has moved panels, by kind. */
const MOVED = 'epochlens.panelColumns';
type Moved = Readonly<Partial<Record<PanelId, vscode.ViewColumn>>>;

/** A move changes columns, tabs and focus one after another. */
const SETTLE_MILLISECONDS = 200;

/** All open panels, the one that had the focus last first, each with its place at the last look. */
let placed: { readonly panel: vscode.WebviewPanel; readonly kind: PanelId; place: Place<vscode.ViewColumn> }[] = [];
let timer: NodeJS.Timeout | undefined;

/** The column for a new panel of a kind. */
export function panelColumn(memory: vscode.Memento, kind: PanelId): vscode.ViewColumn {
  const moved = memory.get<Moved>(MOVED)?.[kind];
  // Asking for the column after the last one opens it.
  if (moved !== undefined) return moved - columnCount() <= 1 ? moved : vscode.ViewColumn.Beside;
  const [column] = placed.flatMap(({ panel }) => columnOf(panel) ?? []);
  if (column !== undefined) return column;
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  const isFile = activeTab?.input !== undefined && !(activeTab.input instanceof vscode.TabInputWebview);
  return isFile ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}

/** The column for a text that a panel opens: beside the panels, not over them. */
export function textColumn(): vscode.ViewColumn {
  const panels = new Set(placed.map(({ panel }) => columnOf(panel)));
  const { all, activeTabGroup } = vscode.window.tabGroups;
  if (!panels.has(activeTabGroup.viewColumn)) return vscode.ViewColumn.Active;
  const withoutPanel = all.find(({ viewColumn }) => !panels.has(viewColumn));
  const withText = all.find(({ tabs }) => tabs.some(({ input }) => input instanceof vscode.TabInputText));
  return (withoutPanel ?? withText)?.viewColumn ?? vscode.ViewColumn.Beside;
}

/** Follows a panel until it is closed. */
export function followPanel(memory: vscode.Memento, kind: PanelId, panel: vscode.WebviewPanel): void {
  const entry = { panel, kind, place: placeOf(panel) };
  placed = [entry, ...placed];
  const lookSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void rememberMoves(memory), SETTLE_MILLISECONDS);
  };
  const subscriptions = vscode.Disposable.from(
    panel.onDidChangeViewState(() => {
      if (panel.active) placed = [entry, ...placed.filter((other) => other !== entry)];
      lookSoon();
    }),
    vscode.window.tabGroups.onDidChangeTabs(lookSoon),
    vscode.window.tabGroups.onDidChangeTabGroups(lookSoon),
  );
  panel.onDidDispose(() => {
    subscriptions.dispose();
    placed = placed.filter((other) => other !== entry);
    lookSoon();
  });
}

async function rememberMoves(memory: vscode.Memento): Promise<void> {
  const moved: Partial<Record<PanelId, vscode.ViewColumn | undefined>> = {};
  for (const entry of placed) {
    const now = placeOf(entry.panel);
    if (isMoved(entry.place, now)) moved[entry.kind] = now.column;
    entry.place = now;
  }
  if (Object.keys(moved).length > 0) await memory.update(MOVED, { ...memory.get<Moved>(MOVED), ...moved });
}

function placeOf(panel: vscode.WebviewPanel): Place<vscode.ViewColumn> {
  const { all } = vscode.window.tabGroups;
  const column = columnOf(panel);
  const tabs = all.find(({ viewColumn }) => viewColumn === column)?.tabs ?? [];
  return { column, company: tabs.map(tabKey), columns: all.length };
}

/** A panel that is behind others says an old column until it is shown, so its tab is looked for. */
function columnOf({ viewColumn, viewType, title }: vscode.WebviewPanel): vscode.ViewColumn | undefined {
  const isItsTab = ({ input, label }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType) && label === title;
  const [group, ...others] = vscode.window.tabGroups.all.filter(({ tabs }) => tabs.some(isItsTab));
  return (others.length === 0 ? group?.viewColumn : undefined) ?? viewColumn;
}

/** The title of a panel changes with what it shows. */
function tabKey({ input, label }: vscode.Tab): string {
  if (input instanceof vscode.TabInputWebview) return input.viewType;
  return input instanceof vscode.TabInputText ? input.uri.toString() : label;
}

/** An empty column, as in a new window, counts as none. */
function columnCount(): number {
  return vscode.window.tabGroups.all.filter(({ tabs }) => tabs.length > 0).length;
}
