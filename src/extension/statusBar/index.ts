import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { COMMANDS, VIEWS } from '../ids';
import { runName } from '../runs/runName';
import { canStop, isLive, type RunSummary } from '../runs/runSummary';
import { accuracyText, latestAccuracy, progressText } from '../runs/runText';

/** Shows the running trainings in the status bar. A click opens the view of runs. */
export function registerStatusBar({ runStore }: CoreParts): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('epochlens.training', vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t('EpochLens: Training');
  item.command = `${VIEWS.runs}.focus`;
  function update(): void {
    const live = runStore.runs().filter(isLive);
    const [first] = live;
    if (first === undefined) {
      item.hide();
      return;
    }
    const text = live.length === 1 ? shortText(first) : vscode.l10n.t('{0} trainings', live.length);
    item.text = `$(sync~spin) ${text}`;
    item.tooltip = tooltip(live);
    item.accessibilityInformation = { label: vscode.l10n.t('EpochLens, training: {0}', live.map(lineOf).join('; ')) };
    item.show();
  }
  update();
  return vscode.Disposable.from(item, runStore.onDidChange(update));
}

/** "study · 41.5 % · 3/20" */
function shortText(run: RunSummary): string {
  const { status, state } = run;
  const name = runName(run, 'title');
  if (status === undefined || state === 'starting') return vscode.l10n.t('{0}: starting', name);
  const accuracy = accuracyText(latestAccuracy(run));
  return [name, accuracy, [status.epoch, status.epochs].filter((part) => part !== null).join('/')]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function lineOf(run: RunSummary): string {
  return `${runName(run, 'title')}: ${progressText(run)}`;
}

function tooltip(runs: readonly RunSummary[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  text.isTrusted = { enabledCommands: [COMMANDS.stop, COMMANDS.showMetrics] };
  for (const run of runs) {
    const target = encodeURIComponent(JSON.stringify([run.folder]));
    text.appendMarkdown('$(sync~spin) ');
    text.appendText(lineOf(run));
    const link = (title: string, command: string): string => `[${title}](command:${command}?${target})`;
    const links = [
      link(vscode.l10n.t('Metrics'), COMMANDS.showMetrics),
      ...(canStop(run) ? [link(vscode.l10n.t('Stop'), COMMANDS.stop)] : []),
    ];
    text.appendMarkdown(` — ${links.join(' · ')}\n\n`);
  }
  return text;
}
