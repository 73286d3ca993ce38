/** The lenses above a study's perturbations. They appear at once, and show results when these are known. */
import * as vscode from 'vscode';
import type { ExtensionContextParts } from '../context';
import { asCodeLens, rangeAt } from '../editor/lensProvider';
import { STUDY_SELECTOR } from '../editor/selector';
import { SETTINGS } from '../ids';
import type { RunSummary } from '../runs/runSummary';
import { isBoolean, onDidChangeSettings, readSetting } from '../settings';
import { attacksLens, listLenses, testLenses } from './lenses';
import { outcomesOf, type Outcome } from './outcomes';
import type { StudyTests } from './studyTests';
import { testedEpochs } from './testedEpochs';
import { testedRuns } from './testedRuns';
import type { RobustnessTests } from './tests';

type Parts = Pick<ExtensionContextParts, 'runStore'>;

const PROGRESS_MILLISECONDS = 700;

export function registerTestLenses({ runStore }: Parts, tests: RobustnessTests): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let timer: NodeJS.Timeout | undefined;
  /** Each refresh makes new links, and a click on a replaced link is lost, so a running count refreshes them seldom. */
  function changedOf(run: string): void {
    if (tests.jobs(run).length === 0) {
      changed.fire();
      return;
    }
    timer ??= setTimeout(() => {
      timer = undefined;
      changed.fire();
    }, PROGRESS_MILLISECONDS);
  }
  function outcomes(study: StudyTests, index: number, run: RunSummary): Outcome[] {
    const test = study.tests?.[index];
    if (test === undefined) return [];
    return outcomesOf(test, study.tests ?? [], tests.known(run.folder), testedEpochs(study, run.checkpoints));
  }
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      if (!readSetting(SETTINGS.testLenses, isBoolean)) return [];
      await runStore.ready;
      const file = runStore.studyPath(document.uri.fsPath);
      if (!runStore.runs().some(({ studyFile, checkpoints }) => studyFile === file && checkpoints.length > 0))
        return [];
      const { studyTests } = await import('./studyTests');
      const study = studyTests(document.getText(), file);
      const runs = testedRuns(runStore.runs(), file, study);
      for (const run of runs) tests.watch(run);
      const jobs = runs.flatMap(({ folder }) => tests.jobs(folder));
      const trusted = vscode.workspace.isTrusted;
      const lenses = study.offsets.map((offset, index) => {
        const progress = jobs.find(({ entries }) => entries?.includes(index) === true)?.progress;
        const results = runs.map((run) => ({
          model: runs.length > 1 ? run.architecture : undefined,
          outcomes: outcomes(study, index, run),
          interrupted: run.checkpoints.filter((epoch) =>
            tests.interrupted.isInterrupted(run.folder, study.tests?.[index]?.key ?? '', epoch),
          ),
        }));
        return testLenses({
          studyFile: file,
          index,
          study: study.tests?.[index]?.study,
          results,
          progress,
          trusted,
        }).map((lens) => asCodeLens(lens, rangeAt(document, offset)));
      });
      const { offset, attacksOffset } = study;
      if (attacksOffset !== undefined) lenses.push([asCodeLens(attacksLens(file), rangeAt(document, attacksOffset))]);
      if (offset === undefined || lenses.length === 0) return lenses.flat();
      const all = jobs.find(({ entries }) => entries === undefined)?.progress;
      return [
        ...listLenses(file, all, trusted).map((lens) => asCodeLens(lens, rangeAt(document, offset))),
        ...lenses.flat(),
      ];
    },
  };
  return vscode.Disposable.from(
    changed,
    { dispose: () => clearTimeout(timer) },
    tests.onDidChange(changedOf),
    tests.onDidCount(changedOf),
    tests.interrupted.onDidFind(changedOf),
    runStore.onDidChange(() => changed.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    onDidChangeSettings([SETTINGS.testLenses], () => changed.fire()),
    vscode.languages.registerCodeLensProvider(STUDY_SELECTOR, provider),
  );
}
