import * as vscode from 'vscode';

const INTERVAL_MILLISECONDS = 5000;

/**
 * Calls at intervals and when the window gets the focus, for changes that file watchers miss: folders in
 * `files.watcherExclude`, a system out of watch handles, network drives. Calls do not overlap.
 */
export function refreshRegularly(look: () => Promise<void>): vscode.Disposable {
  let looking = false;
  async function lookOnce(): Promise<void> {
    if (looking) return;
    looking = true;
    await look().finally(() => (looking = false));
  }
  const timer = setInterval(() => void lookOnce(), INTERVAL_MILLISECONDS);
  const focus = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) void lookOnce();
  });
  return vscode.Disposable.from(focus, { dispose: () => clearInterval(timer) });
}
