/** The texts of the lenses above a study's perturbations. This file does not import `vscode`. */
import { durationText } from '../../common/duration';
import { COMMANDS } from '../ids';
import type { Lens } from '../editor/lenses';
import { isOpen, type Outcome } from './outcomes';
import { numberLines, testText } from './testText';

/** The progress of a computation. */
export interface TestProgress {
  readonly done: number;
  readonly of: number;
  /** Seconds left, once they can be estimated. */
  readonly left: number | undefined;
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
  /** Results of the newest run, or of each model's newest run. */
  readonly results: readonly TestResult[];
  /** Progress while this test is computed. */
  readonly progress: TestProgress | undefined;
  readonly trusted: boolean;
}

/** The lenses above one test: run it, and its last result. */
export function testLenses({ studyFile, index, results, progress, trusted }: TestLensInput): Lens[] {
  const perturbation = index + 1;
  const result = results.flatMap((each) => resultLens(studyFile, perturbation, each));
  if (progress !== undefined) return [...progressLenses({ studyFile, perturbation }, progress), ...result];
  const stopped = results.flatMap((each) => interruptedLens(studyFile, perturbation, each));
  const run: Lens = {
    title: stopped.length > 0 ? '$(debug-rerun) Run again' : '$(beaker) Run this test',
    tooltip: 'Perturb the test images and measure accuracy, confidence and heatmaps at every checkpoint',
    command: COMMANDS.runPerturbations,
    argument: { studyFile, perturbation },
  };
  return [...(trusted ? [run] : []), ...stopped, ...result];
}

/** The lenses above the list. */
export function listLenses(studyFile: string, progress: TestProgress | undefined, trusted: boolean): Lens[] {
  const all: Lens = {
    title: '$(run-all) Run all tests',
    tooltip: 'Compute what is missing or stale of all perturbation tests, at every checkpoint',
    command: COMMANDS.runPerturbations,
    argument: { studyFile },
  };
  const show: Lens = {
    title: '$(shield) Show robustness',
    tooltip: 'Table, curves over epochs, and images under each perturbation',
    command: COMMANDS.showRobustness,
    argument: { studyFile },
  };
  if (progress !== undefined) return [...progressLenses({ studyFile }, progress), show];
  return [...(trusted ? [all] : []), show];
}

function progressLenses(argument: Lens['argument'], { done, of, left }: TestProgress): Lens[] {
  const share = of === 0 ? 'starting' : `${Math.floor((100 * done) / of)} %`;
  return [
    {
      title: `$(sync~spin) ${share}${left === undefined ? '' : ` · ${durationText(left)} left`}`,
      tooltip: of === 0 ? 'The engine starts' : `${done} of ${of} perturbed images`,
      command: COMMANDS.showRobustness,
      argument,
    },
    {
      title: '$(debug-stop) Cancel',
      tooltip: 'Stop. Results so far are kept, and the next run continues from there',
      command: COMMANDS.cancelPerturbations,
      argument,
    },
  ];
}

function interruptedLens(
  studyFile: string,
  perturbation: number,
  { model, outcomes, interrupted = [] }: TestResult,
): Lens[] {
  const meant = outcomes.filter(({ epoch }) => interrupted.includes(epoch));
  const open = meant.filter(isOpen);
  if (open.length === 0) return [];
  const done = outcomes.length - outcomes.filter(isOpen).length;
  const text = `interrupted: ${done} of ${outcomes.length} checkpoints computed`;
  return [
    {
      title: `$(debug-disconnect) ${model === undefined ? text : `${model}: ${text}`}`,
      tooltip:
        'Its window was closed or reloaded while it ran. Results so far are kept, and the next run continues from there.',
      command: COMMANDS.showRobustness,
      argument: { studyFile, perturbation },
    },
  ];
}

function resultLens(studyFile: string, perturbation: number, { model, outcomes }: TestResult): Lens[] {
  const text = testText(outcomes);
  if (text === undefined) return [];
  const icon = /^[✓✗]/.test(text) ? '' : text.startsWith('stale') ? '$(history) ' : '$(graph) ';
  return [
    {
      title: model === undefined ? `${icon}${text}` : `${icon}${model}: ${text}`,
      tooltip: tooltip(outcomes),
      command: COMMANDS.showRobustness,
      argument: { studyFile, perturbation },
    },
  ];
}

function tooltip(outcomes: readonly Outcome[]): string {
  const shown = outcomes.findLast(({ kind }) => kind !== 'missing');
  if (shown === undefined || shown.kind === 'missing') return '';
  const failed = outcomes.filter((outcome) => outcome.kind === 'failed');
  return [
    `Epoch ${shown.epoch}${shown.kind === 'stale' ? ', before the change' : ''}:`,
    ...numberLines(shown.measured),
    ...failed.map(({ epoch, misses }) => `✗ epoch ${epoch}: ${misses.map(({ text }) => text).join('; ')}`),
    'Click to see them all.',
  ].join('\n');
}
