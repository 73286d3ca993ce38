/** A notification's progress bar takes increments, while work reports absolute shares. */
import type * as vscode from 'vscode';

type Bar = vscode.Progress<{ message?: string; increment?: number }>;

/** Shows a message and, where one is given, the share that is done. A share that decreases starts the bar again. */
export function shareReporter(bar: Bar): (message: string, done?: number, total?: number) => void {
  let shown = 0;
  return (message, done, total) => {
    const perCent = done === undefined || !total ? 0 : Math.min(100, (100 * done) / total);
    bar.report({ message, increment: perCent - shown });
    shown = perCent;
  };
}
