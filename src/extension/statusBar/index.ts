import * as vscode from 'vscode';
import type { SweepState } from '../../sweeps/sweepState';
import { COMMANDS, VIEWS } from '../ids';
import { runName } from '../runs/runName';
import { canStop, isLive, type RunSummary } from '../runs/runSummary';
import { accuracyText, latestAccuracy, progressText } from '../runs/runText';
import { isGoing } from '../sweep/clusterTask';
import type { SweepParts } from '../sweep/sweepParts';
import { sweepText } from '../sweep/sweepText';

/** Shows the running trainings and sweeps in the status bar. A click opens the view of runs. */
export function registerStatusBar({ runStore, sweeps }: SweepParts): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('epochlens.training', vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t('EpochLens: Training');
  item.command = `${VIEWS.runs}.focus`;
  function update(): void {
    const live = runStore.runs().filter(isLive);
    const swept = sweeps.all().filter(isGoing);
    const [first] = live;
    const [sweep] = swept;
    if (first === undefined && sweep === undefined) {
      item.hide();
      return;
    }
    // A sweep says more than those of its cells that run.
    const text =
      sweep !== undefined
        ? `${sweep.studyName}: ${sweepText(sweep)}`
        : first !== undefined && live.length === 1
          ? shortText(first)
          : vscode.l10n.t('{0} trainings', live.length);
    item.text = `$(sync~spin) ${text}`;
    item.tooltip = tooltip(live, swept);
    const lines = [...swept.map((state) => `${state.studyName}: ${sweepText(state)}`), ...live.map(lineOf)];
    item.accessibilityInformation = { label: vscode.l10n.t('EpochLens, training: {0}', lines.join('; ')) };
    item.show();
  }
  update();
  return vscode.Disposable.from(item, runStore.onDidChange(update), sweeps.onDidChange(update));
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

function tooltip(runs: readonly RunSummary[], sweeps: readonly SweepState[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  text.isTrusted = { enabledCommands: [COMMANDS.stop, COMMANDS.showMetrics, COMMANDS.showSweep, COMMANDS.pauseSweep] };
  for (const sweep of sweeps) {
    const target = encodeURIComponent(JSON.stringify([{ studyFile: sweep.studyFile }]));
    text.appendMarkdown('$(run-all) ');
    text.appendText(`${sweep.studyName}: ${sweepText(sweep)}`);
    const links = [
      `[${vscode.l10n.t('Show Sweep')}](command:${COMMANDS.showSweep}?${target})`,
      ...(sweep.paused ? [] : [`[${vscode.l10n.t('Pause')}](command:${COMMANDS.pauseSweep}?${target})`]),
    ];
    text.appendMarkdown(` — ${links.join(' · ')}\n\n`);
  }
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
