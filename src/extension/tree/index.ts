import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { CONTEXT_KEYS, VIEWS } from '../ids';
import { canResume, isLive } from '../runs/runSummary';
import { createStudyDifferences } from '../runs/stale';
import type { SweepParts } from '../sweep/sweepParts';
import { oneAfterAnother } from './inOrder';
import { treeItem, type Marks } from './items';
import { childNodes, nodeId, studyNodes, type TreeNode } from './nodes';
import { withTooltip } from './tooltip';

/** Rows that VS Code has not asked for in that time are drawn, unless the machine is very busy. */
const QUIET_MILLISECONDS = 250;
/** Of a wait for that, lest a key wait for as long as runs are read. */
const MOST_MILLISECONDS = 2000;

interface Shown {
  readonly roots: readonly TreeNode[];
  /** In what each study differs from its newest run, by its file. */
  readonly differences: ReadonlyMap<string, string | undefined>;
}

/** The view "Runs" in the activity bar, with the context keys that menus and its empty state ask for. */
export function registerTree({ runStore, damage, selection, sweeps }: SweepParts): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const differencesOf = createStudyDifferences();
  /** When VS Code last asked for a row, or was told to. */
  let drawnAt = 0;
  let shown: Shown = { roots: [], differences: new Map() };
  const marksOf = (node: TreeNode): Marks => ({
    differences: node.kind === 'study' ? shown.differences.get(node.studyFile) : undefined,
    damage: node.kind === 'run' ? (damage.of(node.run.folder) ?? node.run.damage) : undefined,
  });
  async function read(): Promise<Shown> {
    const roots = studyNodes(runStore.studies(), runStore.runs(), (file) => sweeps.of(file));
    const differences = await Promise.all(
      roots.map(async (node) => {
        if (node.kind !== 'study' || node.missing) return undefined;
        const newestFirst = [...node.allRuns].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
        return [node.studyFile, await differencesOf(node.studyFile, newestFirst)] as const;
      }),
    );
    return { roots, differences: new Map(differences.filter((each) => each !== undefined)) };
  }
  const view = vscode.window.createTreeView<TreeNode>(VIEWS.runs, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      // Before the workspace was searched, the view shows that it is busy.
      async getChildren(node) {
        await firstRead;
        return node === undefined ? [...shown.roots] : childNodes(node);
      },
      getTreeItem(node) {
        drawnAt = Date.now();
        return treeItem(node, marksOf(node));
      },
      resolveTreeItem: (item, node) => withTooltip(item, node, marksOf(node)),
    },
    showCollapseAll: true,
    canSelectMany: true,
  });
  selection.provide(async () => {
    const until = Date.now() + MOST_MILLISECONDS;
    while (Date.now() - drawnAt < QUIET_MILLISECONDS && Date.now() < until) await sleep(QUIET_MILLISECONDS / 5);
    return focusedNodes(view);
  });
  /**
   * All is read before the rows are drawn anew, because while VS Code asks for them it knows none: neither which are
   * selected nor on which a menu is open.
   */
  const redraw = oneAfterAnother(async () => {
    shown = await read();
    drawnAt = Date.now();
    changed.fire(undefined);
  });
  function update(): Promise<void> {
    const runs = runStore.runs();
    const live = runs.filter(isLive).length;
    view.badge = live === 0 ? undefined : { value: live, tooltip: trainingsText(live) };
    setContext(CONTEXT_KEYS.hasStudies, runStore.studies().length > 0);
    setContext(CONTEXT_KEYS.hasRuns, runs.length > 0);
    setContext(CONTEXT_KEYS.hasResumable, runs.some(canResume));
    setContext(CONTEXT_KEYS.training, live > 0);
    setContext(CONTEXT_KEYS.hasSweeps, sweeps.all().length > 0);
    return redraw();
  }
  const firstRead = runStore.ready.then(() => {
    setContext(CONTEXT_KEYS.ready, true);
    return update();
  });
  return vscode.Disposable.from(
    view,
    changed,
    ...[runStore, sweeps, damage].map(({ onDidChange }) => onDidChange(() => void update())),
  );
}

/**
 * The node with the focus, or the selection that it belongs to. Arrow keys move the focus alone, of which VS Code tells
 * extensions nothing: so the node is added to the selection or taken from it, and back.
 */
async function focusedNodes(view: vscode.TreeView<TreeNode>): Promise<readonly TreeNode[]> {
  const before = view.selection;
  await vscode.commands.executeCommand('list.toggleSelection');
  const toggled = view.selection;
  await vscode.commands.executeCommand('list.toggleSelection');
  const known = new Set(before.map(nodeId));
  const added = toggled.filter((node) => !known.has(nodeId(node)));
  return added.length > 0 ? added : before;
}

function trainingsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 training') : vscode.l10n.t('{0} trainings', count);
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
