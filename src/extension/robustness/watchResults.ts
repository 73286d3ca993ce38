import * as vscode from 'vscode';
import { refreshRegularly } from '../runs/refreshRegularly';

const QUIET_MILLISECONDS = 300;

/**
 * Reports when results, checkpoints or study files are created, changed or deleted, also by other programs, and at
 * intervals in case a watcher missed something. Many changes cause one report.
 */
export function watchResults(told: () => void): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      told();
    }, QUIET_MILLISECONDS);
  };
  const watchers = [
    vscode.workspace.createFileSystemWatcher('**/.epochlens/runs/*/*/{results/robustness*,checkpoints/*.safetensors}'),
    vscode.workspace.createFileSystemWatcher('**/*.epochlens.json'),
  ];
  return vscode.Disposable.from(
    ...watchers,
    ...watchers.flatMap((each) => [each.onDidCreate(soon), each.onDidChange(soon), each.onDidDelete(soon)]),
    // A study that is open without being in the workspace.
    vscode.workspace.onDidSaveTextDocument(soon),
    refreshRegularly(() => {
      soon();
      return Promise.resolve();
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
