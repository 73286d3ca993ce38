/** The robustness panel: the messages of its page beyond those of every page of a run. */
import * as vscode from 'vscode';
import {
  robustnessHostContract,
  robustnessPageContract,
  type RobustnessHostContract,
  type RobustnessPageContract,
} from '../../../protocol/robustnessPanel';
import type { ExtensionContextParts } from '../../context';
import { PANELS } from '../../ids';
import { checkImages, chooseFilesAnswer, savedAs } from '../../runPanel/answers';
import type { OwnPart, PanelKind, RunPanel } from '../../runPanel/panelKind';
import { testsOf } from '../knowledge';
import type { RobustnessTests } from '../tests';
import { shownText } from '../../runPanel/title';
import { shownTests } from './shownTests';
import { CancelledError } from '../../../common/errors';
import type { Params } from '../../../protocol/contract';
import type { RunSummary } from '../../runs/runSummary';
import { isTrusted } from '../../training/trust';
import { requestOf } from '../commands';

type Host = RobustnessHostContract;
export type RobustnessPanel = RunPanel<Host, RobustnessPageContract>;

export function robustnessKind(
  { engine }: ExtensionContextParts,
  tests: RobustnessTests,
): PanelKind<Host, RobustnessPageContract> {
  return {
    viewType: PANELS.robustness,
    name: 'robustness',
    title: (view) => titleOf(shownText(view)),
    host: robustnessHostContract,
    page: robustnessPageContract,
    begin: (panel) => ({
      ...followTests(panel, tests),
      answers: {
        save: ({ kind, tab }) =>
          savedAs(panel, {
            kind,
            name: { tests: 'robustness', image: 'robustness-image', benchmarks: 'benchmarks', attacks: 'attacks' }[tab],
            render: () => panel.page.request('render', { kind, tab }),
          }),
        chooseFiles: chooseFilesAnswer(panel, {
          title: vscode.l10n.t('Images to test'),
          button: vscode.l10n.t('Test Robustness'),
        }),
        compute: async (params) => ({ done: await computeFor(panel.shownRun(), tests, params) }),
        cancel() {
          for (const job of tests.jobs(panel.shownRun().folder)) job.cancel();
          return null;
        },
        perturbed(params, { signal, progress }) {
          const { folder } = panel.shownRun();
          checkImages(panel, params.images);
          return engine.request('perturbed', { run: folder, ...params }, { signal, progress });
        },
        benchmarks: async () => (await import('./benchmarks')).namedBenchmarks(panel.shownRun()),
        benchmark(params, asked) {
          panel.shownRun(params.run);
          return engine.request('benchmark', params, asked);
        },
        attacks: async () => (await import('./attacks')).namedAttacks(panel.shownRun()),
        addAttacks: async () => (await import('./attacks')).addAttacks(panel.shownRun().studyFile),
        attack(params, asked) {
          panel.shownRun(params.run);
          return engine.request('attack', params, asked);
        },
      },
    }),
  };
}

function titleOf(shown: string | undefined): string {
  return shown === undefined ? vscode.l10n.t('Robustness') : vscode.l10n.t('Robustness: {0}', shown);
}

/** Sends the page the results of the run's tests, and the progress of running ones. */
function followTests(panel: RobustnessPanel, tests: RobustnessTests): Omit<OwnPart<Host>, 'answers'> {
  function tellJob(folder: string): void {
    const job = folder === panel.run?.folder ? tests.jobs(folder)[0]?.progress : undefined;
    if (panel.webviewPanel.visible && job !== undefined)
      panel.page.tell('job', { ...job, left: job.left ?? null, behind: job.behind ?? null });
  }
  return {
    async afterView() {
      const { run, view } = panel;
      if (run === undefined) return;
      tests.watch(run);
      if (view?.kind === 'run') panel.sendIfNew('tests', await shownTests(run, tests));
    },
    subscriptions: [
      tests.onDidChange(panel.update),
      tests.onDidCount(tellJob),
      vscode.workspace.onDidSaveTextDocument(panel.update),
    ],
  };
}

/**
 * Computes what the page lacks.
 * @returns false where it was stopped: here, in a lens, or in the Test Explorer
 */
async function computeFor(
  run: RunSummary,
  tests: RobustnessTests,
  params: Params<RobustnessHostContract, 'compute'>,
): Promise<boolean> {
  if (!(await isTrusted(vscode.l10n.t('Testing robustness')))) return true;
  // Saves what is being typed: what is computed must be what the editor shows.
  if ((await requestOf(run)) === undefined) return true;
  try {
    // What else the study measures is no matter of this panel.
    const perturbations = (await testsOf(run)).flatMap(({ index, drawn }) => (drawn === undefined ? [] : [index]));
    await tests.compute({ run, entries: perturbations, ...params }).finished;
    return true;
  } catch (error) {
    if (error instanceof CancelledError) return false;
    throw error;
  }
}
