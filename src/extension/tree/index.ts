import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { CONTEXT_KEYS, VIEWS } from '../ids';
import { canResume, isLive } from '../runs/runSummary';
import { treeItem, withSpace } from './items';
import { childNodes, studyNodes, type TreeNode } from './nodes';

/** The view "Runs" in the activity bar, with the context keys that menus and its empty state ask for. */
export function registerTree({ runStore, damage }: CoreParts): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const children = (node?: TreeNode): TreeNode[] =>
    node === undefined ? studyNodes(runStore.studies(), runStore.runs()) : childNodes(node, runStore.runs());
  const view = vscode.window.createTreeView<TreeNode>(VIEWS.runs, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      async getChildren(node) {
        await runStore.ready;
        return children(node);
      },
      getTreeItem: (node) => treeItem(node, children(node).length, damage),
      resolveTreeItem: (item, node) => withSpace(item, node),
    },
    showCollapseAll: true,
  });
  function update(): void {
    changed.fire(undefined);
    const runs = runStore.runs();
    const live = runs.filter(isLive).length;
    view.badge = live === 0 ? undefined : { value: live, tooltip: live === 1 ? '1 training' : `${live} trainings` };
    setContext(CONTEXT_KEYS.hasStudies, runStore.studies().length > 0);
    setContext(CONTEXT_KEYS.hasRuns, runs.length > 0);
    setContext(CONTEXT_KEYS.hasResumable, runs.some(canResume));
    setContext(CONTEXT_KEYS.training, live > 0);
  }
  void runStore.ready.then(() => {
    setContext(CONTEXT_KEYS.ready, true);
    update();
  });
  return vscode.Disposable.from(view, changed, runStore.onDidChange(update), damage.onDidChange(update));
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
