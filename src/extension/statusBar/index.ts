import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { COMMANDS, VIEWS } from '../ids';
import { isLive, type RunSummary } from '../runs/runSummary';
import { accuracyText, latestAccuracy, progressText } from '../runs/runText';

/** Shows the running trainings in the status bar. A click opens the view of runs. */
export function registerStatusBar({ runStore }: CoreParts): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('epochlens.training', vscode.StatusBarAlignment.Left, 10);
  item.name = 'EpochLens: Training';
  item.command = `${VIEWS.runs}.focus`;
  function update(): void {
    const live = runStore.runs().filter(isLive);
    const [first] = live;
    if (first === undefined) {
      item.hide();
      return;
    }
    item.text = live.length === 1 ? `$(sync~spin) ${shortText(first)}` : `$(sync~spin) ${live.length} trainings`;
    item.tooltip = tooltip(live);
    item.accessibilityInformation = { label: `EpochLens, training: ${live.map(lineOf).join('; ')}` };
    item.show();
  }
  update();
  return vscode.Disposable.from(item, runStore.onDidChange(update));
}

function shortText(run: RunSummary): string {
  const { studyName, status, state } = run;
  if (status === undefined || state === 'starting') return `${studyName}: starting`;
  const accuracy = accuracyText(latestAccuracy(run));
  return `${studyName} ${status.epoch}/${status.epochs}${accuracy === undefined ? '' : ` · ${accuracy}`}`;
}

function lineOf(run: RunSummary): string {
  return `${run.studyName}: ${progressText(run)}`;
}

function tooltip(runs: readonly RunSummary[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  text.isTrusted = { enabledCommands: [COMMANDS.stop, COMMANDS.showMetrics] };
  for (const run of runs) {
    const target = encodeURIComponent(JSON.stringify([run.folder]));
    text.appendMarkdown('$(sync~spin) ');
    text.appendText(lineOf(run));
    text.appendMarkdown(
      ` — [Metrics](command:${COMMANDS.showMetrics}?${target}) · [Stop](command:${COMMANDS.stop}?${target})\n\n`,
    );
  }
  return text;
}
