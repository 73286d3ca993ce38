/** Runs exactly the tests that were chosen in the Test Explorer. */
import * as vscode from 'vscode';
import { isTrusted } from '../../training/trust';
import { requestOf } from '../commands';
import type { RobustnessTests } from '../tests';
import { checkpointsBelow, type Places, type TestPlace } from './items';
import { batchesOf } from './requests';

export async function runChosen(
  { controller, places, tests }: { controller: vscode.TestController; places: Places; tests: RobustnessTests },
  request: vscode.TestRunRequest,
  token: vscode.CancellationToken,
): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Testing robustness')))) return;
  const roots = request.include ?? [...controller.items].map(([, item]) => item);
  const items = checkpointsBelow(roots, request.exclude);
  const testRun = controller.createTestRun(request);
  for (const item of items) testRun.enqueued(item);
  const chosen = items.map((item) => places.get(item)).filter((place) => place !== undefined);
  try {
    for (const folder of new Set(chosen.map(({ run }) => run.folder))) {
      const ofRun = chosen.filter(({ run }) => run.folder === folder);
      if (!token.isCancellationRequested) await runPlaces(ofRun, { tests, testRun, token });
    }
  } finally {
    testRun.end();
  }
}

/** @param chosen tests of one run */
async function runPlaces(
  chosen: readonly TestPlace[],
  { tests, testRun, token }: { tests: RobustnessTests; testRun: vscode.TestRun; token: vscode.CancellationToken },
): Promise<void> {
  const run = chosen[0]?.run;
  // Saves unsaved changes, which reports errors in the study.
  if (run === undefined || (await requestOf(run)) === undefined) return;
  const places = chosen.map(({ test, outcome }) => ({ index: test.index, epoch: outcome.epoch }));
  const requests = batchesOf(places).map((batch) => ({ run, ...batch, shownIn: testRun }));
  const forget = await tests.remember(requests);
  for (const request of requests) {
    if (token.isCancellationRequested) break;
    const job = tests.compute(request);
    const cancelling = token.onCancellationRequested(() => job.cancel());
    await job.finished.catch(() => undefined);
    cancelling.dispose();
  }
  await forget();
}
