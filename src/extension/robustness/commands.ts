/** Commands that run perturbation tests and stop them. */
import * as vscode from 'vscode';
import { STUDY_KEYS } from '../../measures/expectations/studies';
import type { ExtensionContextParts } from '../context';
import { COMMANDS } from '../ids';
import { pickRun } from '../runs/pick';
import type { RunSummary } from '../runs/runSummary';
import { studyFileOf, type RunNode, type RunTarget } from '../runs/target';
import { savedStudy } from '../studies/savedStudy';
import { isTrusted } from '../training/trust';
import type { TestResult } from './outcomes';
import { openBatches } from './runAgain';
import { sayResult, showProgress } from './progress';
import { readStudyText } from './studyFiles';
import { testedEpochs } from './testedEpochs';
import { testedRuns } from './testedRuns';
import type { RobustnessTests, TestRequest } from './tests';

/** A run, or a study for its newest run; optionally one of the study's perturbations, numbered from 1. */
export interface PerturbationTarget extends RunNode {
  readonly perturbation?: number;
  /** Whether the study's attacks are meant. */
  readonly attacks?: boolean;
}

type Parts = Pick<ExtensionContextParts, 'runStore'>;

/**
 * Computes missing and stale results of a study's tests. Progress shows in the lens and the status bar for a call from
 * a lens; for any other call in a notification that can cancel it, because the lens may be out of sight.
 */
export async function runPerturbationsCommand(parts: Parts, tests: RobustnessTests, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Testing robustness')))) return;
  const fromLens = typeof target === 'object' && !(target instanceof vscode.Uri) && target.run === undefined;
  const number = perturbationOf(target);
  const entries = number === undefined ? undefined : [number - 1];
  const requests: TestRequest[] = [];
  for (const run of await pickTested(parts, target)) {
    const isRunning = tests.jobs(run.folder).some((job) => sameEntries(job.entries, entries));
    const request = isRunning ? undefined : await requestOf(run, entries);
    // An error here applies to the other models too.
    if (request === undefined) break;
    requests.push(request);
  }
  await runOneByOne(tests, requests, fromLens);
}

/** Computes the tests that a window did not finish before it was closed or reloaded. */
export async function runInterrupted({ runStore }: Parts, tests: RobustnessTests, folder: string): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Testing robustness')))) return;
  const run = runStore.find(folder);
  if (run === undefined || (await requestOf(run)) === undefined) return;
  const requests = openBatches(tests, folder).map((batch) => ({ run, ...batch }));
  await runOneByOne(tests, requests, false);
}

/** Stops at the first run whose tests are cancelled, because the person means all of them. */
async function runOneByOne(tests: RobustnessTests, requests: readonly TestRequest[], quiet: boolean): Promise<void> {
  const forget = await tests.remember(requests);
  try {
    for (const request of requests) if (!(await runTests(tests, request, quiet))) return;
  } finally {
    await forget();
  }
}

/** @returns whether the tests finished without being cancelled */
async function runTests(tests: RobustnessTests, request: TestRequest, quiet: boolean): Promise<boolean> {
  const job = tests.compute(request);
  const results: TestResult[] = [];
  job.onResult((result) => result.state !== 'stale' && results.push(result));
  const done = await showProgress(job, quiet);
  if (done && !quiet) void sayResult(request.run, results);
  return done;
}

export function cancelPerturbationsCommand({ runStore }: Parts, tests: RobustnessTests, target: RunTarget): void {
  const meant = studyFileOf(target);
  const studyFile = meant === undefined ? undefined : runStore.studyPath(meant);
  const number = perturbationOf(target);
  for (const { folder, studyFile: file } of runStore.runs()) {
    if (studyFile !== undefined && file !== studyFile) continue;
    for (const job of tests.jobs(folder)) {
      if (number === undefined || job.entries?.includes(number - 1) === true) job.cancel();
    }
  }
}

/**
 * The tests of a run as the editor shows them, saved. @returns undefined for an invalid study, which has been reported
 */
export async function requestOf(run: RunSummary, entries?: readonly number[]): Promise<TestRequest | undefined> {
  const saved = await savedStudy(run.studyFile);
  if (saved === undefined) return undefined;
  const { perturbations, explain } = saved.study;
  if (perturbations.length === 0 && STUDY_KEYS.every((key) => saved.study[key] === undefined)) {
    await offerStudy(run.studyFile);
    return undefined;
  }
  const epochs = testedEpochs(explain, run.checkpoints);
  return { run, epochs, ...(entries === undefined ? {} : { entries }) };
}

async function offerStudy(studyFile: string): Promise<void> {
  const open = vscode.l10n.t('Open Study File');
  const message = vscode.l10n.t(
    'The study has no perturbations yet: add one, such as {0}.',
    '{ "kind": "gaussianNoise" }',
  );
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.commands.executeCommand(COMMANDS.openStudy, vscode.Uri.file(studyFile));
}

/** The named run; otherwise the newest run of each of the study's models. */
async function pickTested({ runStore }: Parts, target: RunTarget): Promise<RunSummary[]> {
  await runStore.ready;
  const namesRun = typeof target === 'object' && !(target instanceof vscode.Uri) && target.run !== undefined;
  const studyFile = namesRun ? undefined : studyFileOf(target);
  const text = studyFile === undefined ? undefined : await readStudyText(studyFile);
  if (studyFile !== undefined && text !== undefined) {
    const { studyTests } = await import('./studyTests');
    const runs = testedRuns(runStore.runs(), runStore.studyPath(studyFile), studyTests(text, studyFile));
    if (runs.length > 0) return runs;
  }
  const run = await pickRun(target, runStore, {
    placeHolder: vscode.l10n.t('The perturbation tests of which run?'),
    none: vscode.l10n.t('There is no run with a checkpoint yet. Train a study first.'),
    only: ({ checkpoints }) => checkpoints.length > 0,
  });
  return run === undefined ? [] : [run];
}

export function perturbationOf(target: RunTarget): number | undefined {
  if (typeof target !== 'object' || target instanceof vscode.Uri) return undefined;
  return (target as PerturbationTarget).perturbation;
}

export function meansAttacks(target: RunTarget): boolean {
  return (
    typeof target === 'object' && !(target instanceof vscode.Uri) && (target as PerturbationTarget).attacks === true
  );
}

function sameEntries(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
