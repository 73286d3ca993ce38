/** Reports outcomes to a test run. */
import * as vscode from 'vscode';
import type { Outcome } from '../outcomes';
import { numberLines } from '../testText';

/** Reports the outcome of a test. An unknown or outdated outcome is not reported. */
export function reportOutcome(run: vscode.TestRun, item: vscode.TestItem, title: string, outcome: Outcome): void {
  if (outcome.kind === 'missing' || outcome.kind === 'stale') return;
  const lines = numberLines(outcome.measured);
  run.appendOutput(
    `${[vscode.l10n.t('{0} at epoch {1}:', title, outcome.epoch), ...lines].join('\r\n  ')}\r\n`,
    undefined,
    item,
  );
  if (outcome.kind === 'failed') run.failed(item, failureMessage(item, title, outcome, lines));
  else run.passed(item);
}

function failureMessage(
  { uri, range }: vscode.TestItem,
  title: string,
  { epoch, misses }: Outcome & { kind: 'failed' },
  lines: readonly string[],
): vscode.TestMessage {
  const linesOf = (part: 'text' | 'expected' | 'actual'): string[] => misses.map((miss) => miss[part]);
  const summary = vscode.l10n.t('{0} at epoch {1}: {2}', title, epoch, linesOf('text').join('; '));
  // The editor shows expected and actual value side by side in one line.
  const message = vscode.TestMessage.diff(
    [summary, ...lines].join('\n'),
    linesOf('expected').join('\n'),
    linesOf('actual').join('\n'),
  );
  if (uri !== undefined && range !== undefined) message.location = new vscode.Location(uri, range.start);
  return message;
}

/** A text that stays the same as long as there is nothing new to report of a test. */
export function reportKey(outcome: Outcome): string {
  return outcome.kind === 'missing' || outcome.kind === 'stale' ? 'outdated' : JSON.stringify(outcome);
}
