import * as vscode from 'vscode';
import type { SweepState } from '../../sweeps/sweepState';
import { COMMANDS, type CommandId } from '../ids';
import { isEndTold } from '../training/notifications';
import { isGoing } from './clusterTask';
import { countCells, isPending } from './counts';
import type { SweepParts } from './sweepParts';
import { countsText } from './sweepText';

/** The study files of sweeps that were under way when this workspace was last looked at. */
const UNDER_WAY = 'sweeps';

/**
 * Tells once when a sweep has ended, whatever its cells came to; also one that ended while no window of this workspace was
 * open. Its single cells are not told of.
 */
export function notifyAboutSweeps({ context, sweeps, log }: SweepParts): vscode.Disposable {
  const memory = context.workspaceState;
  const underWay = new Set(memory.get<readonly string[]>(UNDER_WAY, []));
  const running = new Set<string>();
  return sweeps.onDidChange(() => {
    for (const state of sweeps.all()) {
      const { studyFile } = state;
      const pending = state.cells.some(isPending);
      if (pending) underWay.add(studyFile);
      else if (underWay.delete(studyFile)) void tellEnd(state, log);
      if (state.runner !== undefined) running.add(studyFile);
      else if (running.delete(studyFile) && pending && !state.paused && !isGoing(state)) void tellStandstill(state);
    }
    const now = [...underWay];
    if (now.join('\n') !== memory.get<readonly string[]>(UNDER_WAY, []).join('\n')) void memory.update(UNDER_WAY, now);
  });
}

async function tellEnd({ studyName, studyFile, cells }: SweepState, log: vscode.LogOutputChannel): Promise<void> {
  const counts = countCells(cells);
  const { all, done, failed } = counts;
  log.info(`The sweep of ${studyFile} has ended: ${String(done)} of ${String(all)} done, ${String(failed)} failed.`);
  const message =
    done === all
      ? vscode.l10n.t('The sweep of {0} is done: all {1} cells.', studyName, all)
      : vscode.l10n.t('The sweep of {0} has ended: {1}.', studyName, countsText(counts));
  const show: Offer = [vscode.l10n.t('Show Sweep'), COMMANDS.showSweep];
  if (failed > 0) {
    const retry: Offer = [vscode.l10n.t('Retry Failed Cells'), COMMANDS.retrySweep];
    await offer(vscode.window.showWarningMessage, message, studyFile, [retry, show]);
  } else if (isEndTold()) {
    const table: Offer = [vscode.l10n.t('Open Runs Table'), COMMANDS.showRunsTable];
    const metrics: Offer = [vscode.l10n.t('Show Metrics'), COMMANDS.showMetrics];
    await offer(vscode.window.showInformationMessage, message, studyFile, [table, metrics, show]);
  }
}

/** Its process was ended from outside, or with the machine. */
async function tellStandstill({ studyName, studyFile }: SweepState): Promise<void> {
  const message = vscode.l10n.t(
    'The sweep of {0} stands still: its process is gone. Run Sweep goes on where it stopped.',
    studyName,
  );
  const run: Offer = [vscode.l10n.t('Run Sweep'), COMMANDS.runSweep];
  const log: Offer = [vscode.l10n.t('Show Sweep Log'), COMMANDS.showSweepLog];
  await offer(vscode.window.showWarningMessage, message, studyFile, [run, log]);
}

type Offer = readonly [title: string, command: CommandId];

async function offer(
  show: (message: string, ...titles: string[]) => Thenable<string | undefined>,
  message: string,
  studyFile: string,
  offers: readonly Offer[],
): Promise<void> {
  const answer = await show(message, ...offers.map(([title]) => title));
  const chosen = offers.find(([title]) => title === answer);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen[1], { studyFile });
}
