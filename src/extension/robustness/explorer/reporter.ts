/** Reports results to the Test Explorer: kept ones at once, those of jobs as they come, and which are outdated. */
import * as vscode from 'vscode';
import { judged, type TestResult } from '../outcomes';
import type { TestJob } from '../tests';
import { checkpointsBelow, type Places, type TestPlace } from './items';
import { reportKey, reportOutcome } from './report';

export interface Reporter {
  /** Shows what is known of a root's tests without a run: kept results, also other programs', and outdated ones. */
  publish(root: vscode.TestItem): void;
  /** Shows that a job's tests are running, and their outcomes as they come. */
  follow(job: TestJob, roots: readonly vscode.TestItem[]): void;
}

export function createReporter(controller: vscode.TestController, places: Places, onEnd: () => void): Reporter {
  /** The last report of each item, so that nothing is reported twice. */
  const reported = new WeakMap<vscode.TestItem, string>();

  function isNews(item: vscode.TestItem): boolean {
    const place = places.get(item);
    if (place === undefined) return false;
    const key = place.isInterrupted ? 'interrupted' : reportKey(place.outcome);
    const before = reported.get(item);
    // A test that never had a result cannot be outdated.
    if (before === key || (before === undefined && isOutdated(place) && !place.isInterrupted)) return false;
    reported.set(item, key);
    return true;
  }

  return {
    publish(root) {
      const news = checkpointsBelow([root]).filter(isNews);
      const isPlain = (item: vscode.TestItem): boolean =>
        isOutdated(places.get(item)) && places.get(item)?.isInterrupted !== true;
      const outdated = news.filter(isPlain);
      const fresh = news.filter((item) => !isPlain(item));
      if (outdated.length > 0) controller.invalidateTestResults(outdated);
      if (fresh.length === 0) return;
      const run = controller.createTestRun(quietRequest(fresh), vscode.l10n.t('Kept results'), false);
      for (const item of fresh) {
        const { test, outcome, isInterrupted } = places.get(item) as TestPlace;
        if (isInterrupted) run.errored(item, new vscode.TestMessage(interruptedText()));
        else reportOutcome(run, item, test.title, outcome);
      }
      run.end();
    },

    follow(job, roots) {
      const open = new Set(checkpointsBelow(roots).filter((item) => isOf(job, places.get(item))));
      if (open.size === 0) return;
      const run = job.shownIn ?? controller.createTestRun(quietRequest([...open]), vscode.l10n.t('Perturbation tests'));
      for (const item of open) run.started(item);
      const cancelling = run.token.onCancellationRequested(() => job.cancel());
      job.onResult((result) => {
        const item = [...open].find((each) => isResultOf(result, places.get(each)));
        const place = item && places.get(item);
        if (item === undefined || place === undefined || result.state === 'stale') return;
        const outcome = judged(place.test, result);
        open.delete(item);
        reported.set(item, reportKey(outcome));
        reportOutcome(run, item, place.test.title, outcome);
      });
      job.onEnd((error) => {
        cancelling.dispose();
        for (const item of open) {
          // The earlier outcome is reported again.
          reported.delete(item);
          if (error !== undefined) run.errored(item, new vscode.TestMessage(error.message));
        }
        if (job.shownIn === undefined) run.end();
        onEnd();
      });
    },
  };
}

function interruptedText(): string {
  return vscode.l10n.t(
    'Interrupted: the window was closed or reloaded while this test ran. What was computed is kept; run it again to go on.',
  );
}

/** Nobody started this run in the Test Explorer, so it does not take the focus. */
function quietRequest(items: readonly vscode.TestItem[]): vscode.TestRunRequest {
  return new vscode.TestRunRequest(items, [], undefined, false, true);
}

function isOutdated(place: TestPlace | undefined): boolean {
  return place === undefined || place.outcome.kind === 'stale' || place.outcome.kind === 'missing';
}

function isOf({ run, entries, epochs }: TestJob, place: TestPlace | undefined): boolean {
  if (place?.run.folder !== run.folder) return false;
  return (entries?.includes(place.test.index) ?? true) && epochs.includes(place.outcome.epoch);
}

function isResultOf({ entry, epoch }: TestResult, place: TestPlace | undefined): boolean {
  return place?.test.index === entry && place.outcome.epoch === epoch;
}
