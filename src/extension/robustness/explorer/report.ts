/** Outcomes in a test run's words. */
import * as vscode from 'vscode';
import type { Outcome } from '../outcomes';
import { numberLines, splitMisses } from '../testText';

/** Says what a test has come to. Of one that is not known, or outdated, there is nothing to say. */
export function reportOutcome(run: vscode.TestRun, item: vscode.TestItem, title: string, outcome: Outcome): void {
  if (outcome.kind === 'missing' || outcome.kind === 'stale') return;
  const lines = numberLines(outcome.measured);
  run.appendOutput(`${[`${title} at epoch ${outcome.epoch}:`, ...lines].join('\r\n  ')}\r\n`, undefined, item);
  if (outcome.kind === 'failed') run.failed(item, failureMessage(item, title, outcome, lines));
  else run.passed(item);
}

function failureMessage(
  { uri, range }: vscode.TestItem,
  title: string,
  { epoch, misses }: Outcome & { kind: 'failed' },
  lines: readonly string[],
): vscode.TestMessage {
  const { expected, actual } = splitMisses(misses);
  const summary = `${title} at epoch ${epoch}: ${misses.join('; ')}`;
  // The editor shows the two beside each other, in one line.
  const message = vscode.TestMessage.diff([summary, ...lines].join('\n'), expected, actual);
  if (uri !== undefined && range !== undefined) message.location = new vscode.Location(uri, range.start);
  return message;
}

/** The same as long as there is nothing new to be reported of it. */
export function reportKey(outcome: Outcome): string {
  return outcome.kind === 'missing' || outcome.kind === 'stale' ? 'outdated' : JSON.stringify(outcome);
}
