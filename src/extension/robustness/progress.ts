/** Progress and outcomes of running tests, in notifications. */
import * as vscode from 'vscode';
import { durationText } from '../../common/duration';
import { CancelledError } from '../../common/errors';
import type { RobustnessResultMessage } from '../../protocol/engine';
import { COMMANDS } from '../ids';
import type { RunSummary } from '../runs/runSummary';
import type { TestJob } from './tests';

const PROGRESS_MILLISECONDS = 250;

/** @returns whether the tests finished without being cancelled */
export async function showProgress(job: TestJob, quiet: boolean): Promise<boolean> {
  const { Window, Notification } = vscode.ProgressLocation;
  const title = `Perturbation tests of ${job.run.studyName}`;
  const options = { location: quiet ? Window : Notification, title, cancellable: !quiet };
  return vscode.window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => job.cancel());
    let shown = 0;
    const timer = setInterval(() => {
      const { done, of, left } = job.progress;
      const share = of === 0 ? 0 : (100 * done) / of;
      const rest = left === undefined ? '' : `, ${durationText(left)} left`;
      const message = of === 0 ? 'starting' : `${done} of ${of} perturbed images${rest}`;
      progress.report({ message, increment: share - shown });
      shown = share;
    }, PROGRESS_MILLISECONDS);
    try {
      await job.finished;
      return true;
    } catch (error) {
      if (error instanceof CancelledError) return false;
      throw error;
    } finally {
      clearInterval(timer);
    }
  });
}

export async function sayResult(run: RunSummary, results: readonly RobustnessResultMessage[]): Promise<void> {
  const failed = results.filter(({ misses }) => misses.length > 0).length;
  const { showInformationMessage, showWarningMessage } = vscode.window;
  const show = 'Show Robustness';
  const answer = await (failed === 0
    ? showInformationMessage(`${results.length} perturbation tests of ${run.studyName} are done; none failed.`, show)
    : showWarningMessage(`${failed} of ${results.length} perturbation tests of ${run.studyName} failed.`, show));
  if (answer === show) await vscode.commands.executeCommand(COMMANDS.showRobustness, { run });
}
