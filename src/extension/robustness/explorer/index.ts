/**
 * Perturbation tests in VS Code's Test Explorer. Items come from files alone; results that are kept are shown, outdated
 * ones marked so, and whoever runs tests (a lens, the panel, the Test Explorer itself) is seen doing so here.
 */
import * as vscode from 'vscode';
import type { RobustnessResultMessage } from '../../../protocol/robustness';
import type { ExtensionContextParts } from '../../context';
import type { RunSummary } from '../../runs/runSummary';
import { isTrusted } from '../../training/trust';
import { requestOf } from '../commands';
import { judged } from '../outcomes';
import { testedRuns } from '../testedRuns';
import type { RobustnessTests, TestJob } from '../tests';
import { checkpointsBelow, fillStudy, type Places, type TestPlace } from './items';
import { readStudy, testRows, type OpenStudy } from './readStudy';
import { reportKey, reportOutcome } from './report';
import { batchesOf } from './requests';

const UPDATE_MILLISECONDS = 100;

export function registerTestExplorer(
  { runStore, log }: Pick<ExtensionContextParts, 'runStore' | 'log'>,
  tests: RobustnessTests,
): vscode.Disposable {
  /** Made with the first study that has tests: other workspaces get no empty Test Explorer of ours. */
  let controller: vscode.TestController | undefined;
  const places: Places = new WeakMap();
  /** What was last reported of an item, so that nothing is said twice. */
  const reported = new WeakMap<vscode.TestItem, string>();
  /** Whether anybody has looked: then results are asked for. */
  let wanted = false;
  let timer: NodeJS.Timeout | undefined;

  function updateSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void update().catch((error: unknown) => log.error(`Test Explorer: ${String(error)}`));
    }, UPDATE_MILLISECONDS);
  }

  async function update(): Promise<void> {
    await runStore.ready;
    const files = new Set(runStore.runs().map(({ studyFile }) => studyFile));
    const present = (await Promise.all([...files].map(updateStudy))).flat();
    for (const [id] of controller?.items ?? []) if (!present.includes(id)) controller?.items.delete(id);
  }

  /** @returns the ids of its items, one for each of its models, where it has tests */
  async function updateStudy(file: string): Promise<string[]> {
    const study = await readStudy(file);
    // As it is for moments while it is typed: then everything stays.
    if (study !== undefined && study.tests === undefined) return idsOf(file);
    if (study?.tests === undefined || study.tests.length === 0) return [];
    const runs = testedRuns(runStore.runs(), file, study);
    return runs.map((run) => updateRun(study, run, runs.length > 1));
  }

  function updateRun(study: OpenStudy, run: RunSummary, hasOthers: boolean): string {
    const { studyFile, studyName, architecture = '' } = run;
    const id = hasOthers ? `${studyFile} ${architecture}` : studyFile;
    const { items } = made();
    const item = items.get(id) ?? made().createTestItem(id, studyName, vscode.Uri.file(studyFile));
    item.label = hasOthers ? `${studyName}: ${architecture}` : studyName;
    fillStudy(made(), item, { run, rows: testRows(study, run, tests.known(run.folder)), places });
    if (items.get(id) === undefined) items.add(item);
    if (wanted) tests.watch(run);
    // Jobs tell of theirs themselves.
    if (tests.jobs(run.folder).length === 0) publish(item);
    return id;
  }

  function idsOf(file: string): string[] {
    return [...(controller?.items ?? [])].filter(([, { uri }]) => uri?.fsPath === file).map(([id]) => id);
  }

  /** Shows what is known without a run: what is kept, what other programs have computed, what has become outdated. */
  function publish(study: vscode.TestItem): void {
    const news = checkpointsBelow([study]).filter((item) => {
      const key = keyOf(item);
      return key !== undefined && reported.get(item) !== key && !(key === 'outdated' && !reported.has(item));
    });
    const outdated = news.filter((item) => keyOf(item) === 'outdated');
    const fresh = news.filter((item) => keyOf(item) !== 'outdated');
    for (const item of news) reported.set(item, keyOf(item) ?? '');
    if (outdated.length > 0) made().invalidateTestResults(outdated);
    if (fresh.length === 0) return;
    const run = made().createTestRun(quietRequest(fresh), 'Kept results', false);
    for (const item of fresh) {
      const { test, outcome } = places.get(item) as TestPlace;
      reportOutcome(run, item, test.title, outcome);
    }
    run.end();
  }

  function keyOf(item: vscode.TestItem): string | undefined {
    const place = places.get(item);
    return place && reportKey(place.outcome);
  }

  function made(): vscode.TestController {
    if (controller !== undefined) return controller;
    controller = vscode.tests.createTestController('epochlens.robustness', 'EpochLens Robustness');
    controller.createRunProfile('Run', vscode.TestRunProfileKind.Run, runChosen, true);
    controller.refreshHandler = update;
    controller.resolveHandler = () => {
      wanted = true;
      updateSoon();
    };
    return controller;
  }

  /** Runs what a person has chosen in the Test Explorer. */
  async function runChosen(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    if (!(await isTrusted('Testing robustness'))) return;
    const roots = request.include ?? [...made().items].map(([, item]) => item);
    const items = checkpointsBelow(roots, request.exclude);
    const testRun = made().createTestRun(request);
    for (const item of items) testRun.enqueued(item);
    const folders = new Set(items.map((item) => places.get(item)?.run.folder));
    try {
      for (const folder of folders) {
        const chosen = items.map((item) => places.get(item)).filter((place) => place?.run.folder === folder);
        if (!token.isCancellationRequested) await runPlaces(chosen as TestPlace[], testRun, token);
      }
    } finally {
      testRun.end();
    }
  }

  async function runPlaces(
    chosen: readonly TestPlace[],
    testRun: vscode.TestRun,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const run = chosen[0]?.run;
    // Saves what is being typed; what is wrong with it is said there.
    if (run === undefined || (await requestOf(run)) === undefined) return;
    for (const batch of batchesOf(chosen.map(({ test, outcome }) => ({ index: test.index, epoch: outcome.epoch })))) {
      if (token.isCancellationRequested) return;
      const job = tests.compute({ run, ...batch, shownIn: testRun });
      const cancelling = token.onCancellationRequested(() => job.cancel());
      await job.finished.catch(() => undefined);
      cancelling.dispose();
    }
  }

  /** Shows a job: its tests are running, and get their outcomes as these come. */
  function follow(job: TestJob): void {
    const own = [...(controller?.items ?? [])].map(([, item]) => item);
    const open = new Set(checkpointsBelow(own).filter((item) => isOf(job, places.get(item))));
    if (open.size === 0) return;
    const testRun = job.shownIn ?? made().createTestRun(quietRequest([...open]), 'Perturbation tests');
    for (const item of open) testRun.started(item);
    const cancelling = testRun.token.onCancellationRequested(() => job.cancel());
    job.onResult((result) => {
      const item = [...open].find((each) => isResultOf(result, places.get(each)));
      const place = item && places.get(item);
      if (item === undefined || place === undefined || result.state === 'stale') return;
      const outcome = judged(place.test, result);
      open.delete(item);
      reported.set(item, reportKey(outcome));
      reportOutcome(testRun, item, place.test.title, outcome);
    });
    job.onEnd((error) => {
      cancelling.dispose();
      for (const item of open) {
        // What it was before is told again.
        reported.delete(item);
        if (error !== undefined) testRun.errored(item, new vscode.TestMessage(error.message));
      }
      if (job.shownIn === undefined) testRun.end();
      updateSoon();
    });
  }

  updateSoon();
  return vscode.Disposable.from(
    tests.onDidStart(follow),
    tests.onDidChange(updateSoon),
    runStore.onDidChange(updateSoon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (idsOf(document.uri.fsPath).length > 0) updateSoon();
    }),
    {
      dispose() {
        clearTimeout(timer);
        controller?.dispose();
      },
    },
  );
}

/** Nobody asked for it in the Test Explorer: the focus stays where it is. */
function quietRequest(items: readonly vscode.TestItem[]): vscode.TestRunRequest {
  return new vscode.TestRunRequest(items, [], undefined, false, true);
}

function isOf({ run, entries, epochs }: TestJob, place: TestPlace | undefined): boolean {
  if (place?.run.folder !== run.folder) return false;
  return (entries?.includes(place.test.index) ?? true) && epochs.includes(place.outcome.epoch);
}

function isResultOf({ entry, epoch }: RobustnessResultMessage, place: TestPlace | undefined): boolean {
  return place?.test.index === entry && place.outcome.epoch === epoch;
}
