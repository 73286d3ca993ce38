/** The lenses above a study's perturbations. */
import * as vscode from 'vscode';
import type { Job } from '../../common/jobs';
import { durationText } from '../../common/duration';
import type { StudyKey } from '../../measures/expectations/studies';
import { COMMANDS } from '../ids';
import type { Lens } from '../editor/lenses';
import { waitingText } from './jobText';
import { isOpen, type Outcome } from './outcomes';
import { numberLines, testText } from './testText';

/** The progress of a computation. */
export interface TestProgress {
  readonly done: number;
  readonly of: number;
  /** Seconds left, once they can be estimated. */
  readonly left: number | undefined;
  /** What the tests wait for, while they do. */
  readonly behind: Job | undefined;
}

export interface TestResult {
  /** The model's name, where the study has several. */
  readonly model: string | undefined;
  readonly outcomes: readonly Outcome[];
  /** The epochs that were being computed when their window closed. */
  readonly interrupted?: readonly number[];
}

export interface TestLensInput {
  readonly studyFile: string;
  /** The test's position in the list, from 0. */
  readonly index: number;
  /** Which measurement it is; undefined of a perturbation. */
  readonly study?: StudyKey | undefined;
  /** Results of the newest run, or of each model's newest run. */
  readonly results: readonly TestResult[];
  /** Progress while this test is computed. */
  readonly progress: TestProgress | undefined;
  readonly trusted: boolean;
}

/** The lenses above one test: run it, and its last result. */
export function testLenses({ studyFile, index, study, results, progress, trusted }: TestLensInput): Lens[] {
  const perturbation = index + 1;
  const shown: Shown = { command: panelOf(study), argument: { studyFile, perturbation } };
  const result = results.flatMap((each) => resultLens(shown, each));
  if (progress !== undefined) return [...progressLenses(shown, progress), ...result];
  const stopped = results.flatMap((each) => interruptedLens(shown, each));
  const run: Lens = {
    title:
      stopped.length > 0
        ? `$(debug-rerun) ${vscode.l10n.t('Run again')}`
        : `$(beaker) ${vscode.l10n.t('Run this test')}`,
    tooltip:
      study === undefined
        ? vscode.l10n.t('Perturb the test images and measure accuracy, confidence and heatmaps at every checkpoint')
        : vscode.l10n.t('Measure it at every checkpoint, and hold it against what the study expects'),
    command: COMMANDS.runPerturbations,
    argument: { studyFile, perturbation },
  };
  return [...(trusted ? [run] : []), ...stopped, ...result];
}

/** What a lens shows when it is clicked. */
type Shown = Pick<Lens, 'command' | 'argument'>;

/** The panel that shows a test at length. */
export function panelOf(study: StudyKey | undefined) {
  return study === undefined ? COMMANDS.showRobustness : COMMANDS.showTrust;
}

/** The lenses above the list. */
export function listLenses(studyFile: string, progress: TestProgress | undefined, trusted: boolean): Lens[] {
  const all: Lens = {
    title: `$(run-all) ${vscode.l10n.t('Run all tests')}`,
    tooltip: vscode.l10n.t('Compute what is missing or stale of all perturbation tests, at every checkpoint'),
    command: COMMANDS.runPerturbations,
    argument: { studyFile },
  };
  const show: Lens = {
    title: `$(shield) ${vscode.l10n.t('Show robustness')}`,
    tooltip: vscode.l10n.t('Table, curves over epochs, and images under each perturbation'),
    command: COMMANDS.showRobustness,
    argument: { studyFile },
  };
  if (progress !== undefined)
    return [...progressLenses({ command: COMMANDS.showRobustness, argument: { studyFile } }, progress), show];
  return [...(trusted ? [all] : []), show];
}

/** The lens above the list of attacks. */
export function attacksLens(studyFile: string): Lens {
  return {
    title: `$(shield) ${vscode.l10n.t('Show attacks')}`,
    tooltip: vscode.l10n.t('Accuracy under each attack by checkpoint, measured or shown'),
    command: COMMANDS.showRobustness,
    argument: { studyFile, attacks: true },
  };
}

function progressLenses({ command, argument }: Shown, progress: TestProgress): Lens[] {
  const { done, of } = progress;
  return [
    {
      title: `$(sync~spin) ${progressText(progress)}`,
      tooltip: of === 0 ? vscode.l10n.t('The engine starts') : doneText(command, done, of),
      command,
      argument,
    },
    {
      title: `$(debug-stop) ${vscode.l10n.t('Cancel')}`,
      tooltip: vscode.l10n.t('Stop. Results so far are kept, and the next run continues from there'),
      command: COMMANDS.cancelPerturbations,
      argument,
    },
  ];
}

function doneText(command: Lens['command'], done: number, of: number): string {
  return command === COMMANDS.showTrust
    ? vscode.l10n.t('{0} of {1} images or heatmaps', done, of)
    : vscode.l10n.t('{0} of {1} perturbed images', done, of);
}

/** "37 % · 2 min left" */
function progressText({ done, of, left, behind }: TestProgress): string {
  if (behind !== undefined) return waitingText(behind);
  if (of === 0) return vscode.l10n.t('starting');
  const share = Math.floor((100 * done) / of);
  return left === undefined ? `${share} %` : vscode.l10n.t('{0} % · {1} left', share, durationText(left));
}

function interruptedLens(shown: Shown, { model, outcomes, interrupted = [] }: TestResult): Lens[] {
  const meant = outcomes.filter(({ epoch }) => interrupted.includes(epoch));
  const open = meant.filter(isOpen);
  if (open.length === 0) return [];
  const done = outcomes.length - outcomes.filter(isOpen).length;
  const text = vscode.l10n.t('interrupted: {0} of {1} checkpoints computed', done, outcomes.length);
  return [
    {
      title: `$(debug-disconnect) ${model === undefined ? text : `${model}: ${text}`}`,
      tooltip: vscode.l10n.t(
        'Its window was closed or reloaded while it ran. Results so far are kept, and the next run continues from there.',
      ),
      ...shown,
    },
  ];
}

function resultLens(shown: Shown, { model, outcomes }: TestResult): Lens[] {
  const text = testText(outcomes);
  if (text === undefined) return [];
  const icon = /^[✓✗]/.test(text) ? '' : outcomes.every(isOpen) ? '$(history) ' : '$(graph) ';
  return [
    {
      title: model === undefined ? `${icon}${text}` : `${icon}${model}: ${text}`,
      tooltip: tooltip(outcomes),
      ...shown,
    },
  ];
}

function tooltip(outcomes: readonly Outcome[]): string {
  const shown = outcomes.findLast(({ kind }) => kind !== 'missing');
  if (shown === undefined || shown.kind === 'missing') return '';
  const failed = outcomes.filter((outcome) => outcome.kind === 'failed');
  return [
    shown.kind === 'stale'
      ? vscode.l10n.t('Epoch {0}, before the change:', shown.epoch)
      : vscode.l10n.t('Epoch {0}:', shown.epoch),
    ...numberLines(shown.measured),
    ...failed.map(
      ({ epoch, misses }) => `✗ ${vscode.l10n.t('epoch {0}: {1}', epoch, misses.map(({ text }) => text).join('; '))}`,
    ),
    vscode.l10n.t('Click to see them all.'),
  ].join('\n');
}
