/**
 * Perturbation tests in VS Code's Test Explorer. The items come from files alone. Kept results are shown, outdated ones
 * are marked, and a test that runs from a lens or the panel shows as running here, too.
 */
import * as vscode from 'vscode';
import type { ExtensionContextParts } from '../../context';
import type { RunSummary } from '../../runs/runSummary';
import { testedRuns } from '../testedRuns';
import type { RobustnessTests } from '../tests';
import { fillStudy, type Places } from './items';
import { readStudy, testRows, type OpenStudy } from './readStudy';
import { createReporter, type Reporter } from './reporter';
import { runChosen } from './runChosen';

const UPDATE_MILLISECONDS = 100;

export function registerTestExplorer(
  { runStore, log }: Pick<ExtensionContextParts, 'runStore' | 'log'>,
  tests: RobustnessTests,
): vscode.Disposable {
  const places: Places = new WeakMap();
  /** Created with the first study that has tests, so that other workspaces get no empty entry. */
  let made: { readonly controller: vscode.TestController; readonly reporter: Reporter } | undefined;
  /** Whether the Test Explorer was opened, after which results are requested. */
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
    for (const { id } of roots()) if (!present.includes(id)) made?.controller.items.delete(id);
  }

  /** @returns the ids of the items, one for each model, if the study has tests */
  async function updateStudy(file: string): Promise<string[]> {
    const study = await readStudy(file);
    // While a study is being typed it may be invalid for a moment; the items then stay.
    if (study !== undefined && study.tests === undefined) return roots(file).map(({ id }) => id);
    if (study?.tests === undefined || study.tests.length === 0) return [];
    const runs = testedRuns(runStore.runs(), file, study);
    return runs.map((run) => updateRun(study, run, runs.length > 1));
  }

  function updateRun(study: OpenStudy, run: RunSummary, hasOthers: boolean): string {
    const { studyFile, studyName, architecture = '' } = run;
    const id = hasOthers ? `${studyFile} ${architecture}` : studyFile;
    const { controller, reporter } = (made ??= make());
    const root = controller.items.get(id) ?? controller.createTestItem(id, studyName, vscode.Uri.file(studyFile));
    root.label = hasOthers ? `${studyName}: ${architecture}` : studyName;
    fillStudy(controller, root, { run, rows: testRows(study, run, tests), places });
    if (controller.items.get(id) === undefined) controller.items.add(root);
    if (wanted) tests.watch(run);
    // Jobs report their own results.
    if (tests.jobs(run.folder).length === 0) reporter.publish(root);
    return id;
  }

  /** Updates all study files, or one. */
  function roots(file?: string): vscode.TestItem[] {
    const all = [...(made?.controller.items ?? [])].map(([, item]) => item);
    return file === undefined ? all : all.filter(({ uri }) => uri?.fsPath === file);
  }

  function make(): NonNullable<typeof made> {
    const controller = vscode.tests.createTestController('epochlens.robustness', vscode.l10n.t('EpochLens Robustness'));
    const run = (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> =>
      runChosen({ controller, places, tests }, request, token);
    controller.createRunProfile(vscode.l10n.t('Run'), vscode.TestRunProfileKind.Run, run, true);
    controller.refreshHandler = update;
    controller.resolveHandler = () => {
      wanted = true;
      updateSoon();
    };
    return { controller, reporter: createReporter(controller, places, updateSoon) };
  }

  updateSoon();
  return vscode.Disposable.from(
    tests.onDidStart((job) => made?.reporter.follow(job, roots())),
    tests.onDidChange(updateSoon),
    tests.interrupted.onDidFind(updateSoon),
    runStore.onDidChange(updateSoon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (roots(document.uri.fsPath).length > 0) updateSoon();
    }),
    {
      dispose() {
        clearTimeout(timer);
        made?.controller.dispose();
      },
    },
  );
}
