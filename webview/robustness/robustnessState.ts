/** What the panel shows: the run, its tests and the person's choices among them. */
import * as l10n from '@vscode/l10n';
import { shownExplanation, type MethodChoice, type ShownExplanation } from '../common/explanation';
import { layerOf } from '../common/layer';
import type { CheckpointInfo, RunView } from '../../src/protocol/panelView';
import type { ShownOutcome, ShownTest, ShownTests } from '../../src/protocol/robustnessPanel';

/** A test at a checkpoint. */
export interface TestRow {
  readonly test: ShownTest;
  readonly checkpoint: CheckpointInfo;
  /** Undefined where it has to be computed. */
  readonly outcome: ShownOutcome | undefined;
}

export interface RobustnessState {
  readonly view: RunView;
  readonly tests: ShownTests;
  /** The visible checkpoints, ascending. */
  readonly checkpoints: readonly CheckpointInfo[];
  /** The visible tests, in the study's order. */
  readonly shown: readonly ShownTest[];
  /** Results of the visible tests at the visible checkpoints. */
  readonly rows: readonly TestRow[];
  /** How the heatmaps of one image are made; those of the tests are as the study says. */
  readonly explanation: ShownExplanation;
}

export interface Choices {
  /** One perturbation by its index; null is all. */
  readonly entry: number | null;
  /** Null is the study's choice. */
  readonly epochs: readonly number[] | null;
  readonly method: MethodChoice | null;
  readonly layer: string | null;
}

export function createRobustnessState(view: RunView, tests: ShownTests, chosen: Choices): RobustnessState {
  const epochs = chosen.epochs ?? view.studyEpochs;
  const wanted = view.checkpoints.filter(({ epoch }) => epochs === null || epochs.includes(epoch));
  // Epochs of the study that a training has not reached are left out.
  const checkpoints = wanted.length === 0 && chosen.epochs === null ? view.checkpoints : wanted;
  const alone = tests.tests.filter(({ entry }) => entry === chosen.entry);
  const shown = alone.length === 0 ? tests.tests : alone;
  const outcomes = new Map(tests.outcomes.map((outcome) => [`${outcome.entry} ${outcome.epoch}`, outcome]));
  const rows = shown.flatMap((test) =>
    checkpoints.map((checkpoint) => {
      return { test, checkpoint, outcome: outcomes.get(`${test.entry} ${checkpoint.epoch}`) };
    }),
  );
  const explanation = shownExplanation(view, chosen.method, layerOf(view, chosen.layer));
  return { view, tests, checkpoints, shown, rows, explanation };
}

/** The visible results that are missing or outdated. */
export function openRows({ rows }: Pick<RobustnessState, 'rows'>): TestRow[] {
  return rows.filter(({ outcome }) => outcome === undefined || outcome.kind === 'stale');
}

/** `3 of 12 results are missing.` */
export function noticeText(missing: number, stale: number, of: number): string {
  if (missing === 0)
    return stale === 1
      ? l10n.t('1 of {0} results is outdated.', of)
      : l10n.t('{0} of {1} results are outdated.', stale, of);
  if (stale === 0)
    return missing === 1
      ? l10n.t('1 of {0} results is missing.', of)
      : l10n.t('{0} of {1} results are missing.', missing, of);
  return l10n.t(
    '{0} of {1} results are to be computed: {2} missing, {3} outdated.',
    missing + stale,
    of,
    missing,
    stale,
  );
}
