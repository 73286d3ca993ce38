import * as vscode from 'vscode';
import { CONTEXT_KEYS, VIEWS } from '../ids';
import { canResume, isLive } from '../runs/runSummary';
import { createStudyDifferences } from '../runs/stale';
import type { SweepParts } from '../sweep/sweepParts';
import { treeItem, type Marks } from './items';
import { childNodes, nodeId, studyNodes, type TreeNode } from './nodes';
import { withTooltip } from './tooltip';

/** The view "Runs" in the activity bar, with the context keys that menus and its empty state ask for. */
export function registerTree({ runStore, damage, selection, sweeps }: SweepParts): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const differencesOf = createStudyDifferences();
  const marksOf = async (node: TreeNode): Promise<Marks> => ({
    differences:
      node.kind === 'study' && !node.missing
        ? await differencesOf(
            node.studyFile,
            [...node.allRuns].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)),
          )
        : undefined,
    damage: node.kind === 'run' ? (damage.of(node.run.folder) ?? node.run.damage) : undefined,
  });
  const view = vscode.window.createTreeView<TreeNode>(VIEWS.runs, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      async getChildren(node) {
        await runStore.ready;
        return node === undefined
          ? studyNodes(runStore.studies(), runStore.runs(), (file) => sweeps.of(file))
          : childNodes(node);
      },
      getTreeItem: async (node) => treeItem(node, await marksOf(node)),
      resolveTreeItem: async (item, node) => withTooltip(item, node, await marksOf(node)),
    },
    showCollapseAll: true,
    canSelectMany: true,
  });
  /** A key that is pressed on a study or a checkpoint means no run. */
  selection.provide(async () => {
    const nodes = await focusedNodes(view);
    const runs = nodes.flatMap((node) => (node.kind === 'run' ? [node.run.folder] : []));
    return runs.length === nodes.length ? runs : [];
  });
  function update(): void {
    changed.fire(undefined);
    const runs = runStore.runs();
    const live = runs.filter(isLive).length;
    view.badge = live === 0 ? undefined : { value: live, tooltip: trainingsText(live) };
    setContext(CONTEXT_KEYS.hasStudies, runStore.studies().length > 0);
    setContext(CONTEXT_KEYS.hasRuns, runs.length > 0);
    setContext(CONTEXT_KEYS.hasResumable, runs.some(canResume));
    setContext(CONTEXT_KEYS.training, live > 0);
    setContext(CONTEXT_KEYS.hasSweeps, sweeps.all().length > 0);
  }
  void runStore.ready.then(() => {
    setContext(CONTEXT_KEYS.ready, true);
    update();
  });
  return vscode.Disposable.from(
    view,
    changed,
    runStore.onDidChange(update),
    sweeps.onDidChange(update),
    damage.onDidChange(update),
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
