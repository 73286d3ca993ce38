/** Progress and outcomes of running tests, in notifications. */
import * as vscode from 'vscode';
import { durationText } from '../../common/duration';
import { CancelledError } from '../../common/errors';
import { COMMANDS } from '../ids';
import { runName } from '../runs/runName';
import type { RunSummary } from '../runs/runSummary';
import { waitingText } from './jobText';
import type { TestProgress } from './lenses';
import type { TestResult } from './outcomes';
import type { TestJob } from './tests';

const PROGRESS_MILLISECONDS = 250;

/** @returns whether the tests finished without being cancelled */
export async function showProgress(job: TestJob, quiet: boolean): Promise<boolean> {
  const { Window, Notification } = vscode.ProgressLocation;
  const title = vscode.l10n.t('Perturbation tests of {0}', runName(job.run, 'title'));
  const options = { location: quiet ? Window : Notification, title, cancellable: !quiet };
  return vscode.window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => job.cancel());
    let shown = 0;
    const timer = setInterval(() => {
      const { done, of } = job.progress;
      const share = of === 0 ? 0 : (100 * done) / of;
      progress.report({ message: countText(job.progress), increment: share - shown });
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

function countText({ done, of, left, behind }: TestProgress): string {
  if (behind !== undefined) return waitingText(behind);
  if (of === 0) return vscode.l10n.t('starting');
  return left === undefined
    ? vscode.l10n.t('{0} of {1} perturbed images', done, of)
    : vscode.l10n.t('{0} of {1} perturbed images, {2} left', done, of, durationText(left));
}

export async function sayResult(run: RunSummary, results: readonly TestResult[]): Promise<void> {
  const failed = results.filter(({ misses }) => misses.length > 0).length;
  const { showInformationMessage, showWarningMessage } = vscode.window;
  const { length: all } = results;
  const study = runName(run, 'title');
  const ofStudies = results.length > 0 && results.every(({ measured }) => 'study' in measured);
  const show = ofStudies ? vscode.l10n.t('Show Trust in Heatmaps') : vscode.l10n.t('Show Robustness');
  const answer = await (failed === 0
    ? showInformationMessage(ofStudies ? passedText(all, study) : perturbationsPassedText(all, study), show)
    : showWarningMessage(
        ofStudies
          ? vscode.l10n.t('{0} of {1} tests of {2} failed.', failed, all, study)
          : vscode.l10n.t('{0} of {1} perturbation tests of {2} failed.', failed, all, study),
        show,
      ));
  const command = ofStudies ? COMMANDS.showTrust : COMMANDS.showRobustness;
  if (answer === show) await vscode.commands.executeCommand(command, { run });
}

function passedText(all: number, study: string): string {
  return all === 1
    ? vscode.l10n.t('The test of {0} is done; it did not fail.', study)
    : vscode.l10n.t('{0} tests of {1} are done; none failed.', all, study);
}

function perturbationsPassedText(all: number, study: string): string {
  return all === 1
    ? vscode.l10n.t('The perturbation test of {0} is done; it did not fail.', study)
    : vscode.l10n.t('{0} perturbation tests of {1} are done; none failed.', all, study);
}
