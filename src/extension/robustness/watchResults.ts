import * as vscode from 'vscode';
import { STUDY_SUFFIX } from '../../study/fileName';
import type { RunStore } from '../runs/runStore';

const QUIET_MILLISECONDS = 300;
/** Of all files of a run, those that decide what is known of its tests. */
const RESULTS =
  /[\\/](results[\\/](?:robustness|faithfulness|logits|sanity|localisation)[^\\/]*|checkpoints[\\/][^\\/]+\.safetensors)$/;

/**
 * Reports when results, checkpoints or study files are created, changed or deleted, also by other programs, and at
 * intervals in case a watcher missed something. Many changes cause one report.
 */
export function watchResults(
  { onDidChangeFile }: Pick<RunStore, 'onDidChangeFile'>,
  told: () => void,
): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      told();
    }, QUIET_MILLISECONDS);
  };
  return vscode.Disposable.from(
    onDidChangeFile((uri) => {
      if (uri === undefined || uri.path.endsWith(STUDY_SUFFIX) || RESULTS.test(uri.fsPath)) soon();
    }),
    // A study that is open without being in the workspace.
    vscode.workspace.onDidSaveTextDocument(soon),
    { dispose: () => clearTimeout(timer) },
  );
}
