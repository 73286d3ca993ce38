/** Converts results of a run's tests for the page. */
import * as vscode from 'vscode';
import type { RunSummary } from '../../runs/runSummary';
import type { ShownOutcome, ShownTests } from '../../../protocol/robustnessPanel';
import { outcomesOf, type Outcome } from '../outcomes';
import { readStudyText } from '../studyFiles';
import { studyTests } from '../studyTests';
import type { RobustnessTests } from '../tests';

export async function shownTests(run: RunSummary, tests: RobustnessTests): Promise<ShownTests> {
  const text = await readStudyText(run.studyFile);
  const study = text === undefined ? undefined : studyTests(text, run.studyFile);
  const known = tests.known(run.folder);
  const list = (study?.tests ?? []).filter(({ drawn }) => drawn !== undefined);
  return {
    run: run.folder,
    known: known !== undefined,
    tests: list.map(({ index, title, rounds, expectation }) => ({
      entry: index,
      title,
      rounds,
      expects: expectation !== '',
    })),
    outcomes: list.flatMap((test) =>
      outcomesOf(test, list, known, run.checkpoints).flatMap((outcome) => shownOutcome(test.index, outcome)),
    ),
    computing: tests.jobs(run.folder).length > 0,
    problem: problemOf(text, study !== undefined && study.tests === undefined),
  };
}

function problemOf(text: string | undefined, wrong: boolean): string | null {
  if (text === undefined) return vscode.l10n.t('The study file is gone, and with it the list of perturbations.');
  return wrong
    ? vscode.l10n.t('Something in the study file is wrong, so that its perturbations cannot be read.')
    : null;
}

function shownOutcome(entry: number, outcome: Outcome): ShownOutcome[] {
  if (outcome.kind === 'missing' || 'scores' in outcome.measured) return [];
  const { kind, epoch } = outcome;
  // Single rounds are left out: the page does not show them, and they would be most of the message.
  const measured = { ...outcome.measured, perRound: [] };
  const misses = outcome.kind === 'failed' ? outcome.misses.map(({ text }) => text) : [];
  const was = outcome.kind === 'stale' ? (outcome.was ?? null) : null;
  return [{ entry, epoch, kind, measured, misses, was }];
}
