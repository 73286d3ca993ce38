/** A notification's bar takes increments; whoever works knows how far they are. */
import type * as vscode from 'vscode';

type Bar = vscode.Progress<{ message?: string; increment?: number }>;

/** Shows a sentence and, where it is counted, the share that is done. A share that falls back begins the bar anew. */
export function shareReporter(bar: Bar): (message: string, done?: number, total?: number) => void {
  let shown = 0;
  return (message, done, total) => {
    const perCent = done === undefined || !total ? 0 : Math.min(100, (100 * done) / total);
    bar.report({ message, increment: perCent - shown });
    shown = perCent;
  };
}
