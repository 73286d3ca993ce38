/** The panel's state: the run, its tests and the person's choices. */
import type { CheckpointInfo, RunView } from '../../src/protocol/panelView';
import type { ShownTest, ShownTests } from '../../src/protocol/robustnessPanel';
import type { SavedState } from './savedState';
import type { TestRow } from './tests/testRow';

export interface RobustnessState {
  readonly view: RunView;
  readonly state: SavedState;
  readonly tests: ShownTests;
  /** The visible checkpoints, ascending. */
  readonly checkpoints: readonly CheckpointInfo[];
  /** The visible tests, in the study's order. */
  readonly shown: readonly ShownTest[];
  /** Results of the visible tests at the visible checkpoints. */
  readonly rows: readonly TestRow[];
  readonly layer: string;
}

export function createRobustnessState(view: RunView, tests: ShownTests, state: SavedState): RobustnessState {
  const epochs = state.epochs ?? view.studyEpochs;
  const asked = view.checkpoints.filter(({ epoch }) => epochs === null || epochs.includes(epoch));
  // Epochs of the study that a training has not reached are left out.
  const checkpoints = asked.length === 0 && state.epochs === null ? view.checkpoints : asked;
  const chosen = tests.tests.filter(({ entry }) => state.entry === null || state.entry === entry);
  const shown = chosen.length === 0 ? tests.tests : chosen;
  const outcomes = new Map(tests.outcomes.map((outcome) => [keyOf(outcome), outcome]));
  const rows = shown.flatMap((test) =>
    checkpoints.map((checkpoint) => {
      const outcome = outcomes.get(keyOf({ entry: test.entry, epoch: checkpoint.epoch }));
      return { test, checkpoint, outcome };
    }),
  );
  const layer = view.layers.some(({ name }) => name === state.layer) ? state.layer : null;
  return { view, state, tests, checkpoints, shown, rows, layer: layer ?? view.studyLayer };
}

function keyOf({ entry, epoch }: { readonly entry: number; readonly epoch: number }): string {
  return `${entry} ${epoch}`;
}

/** The visible results that are missing or outdated. */
export function openRows({ rows }: Pick<RobustnessState, 'rows'>): TestRow[] {
  return rows.filter(({ outcome }) => outcome === undefined || outcome.kind === 'stale');
}

/** `3 of 12 results are missing, 2 are outdated.` */
export function noticeText(missing: number, stale: number, of: number): string {
  const are = (count: number): string => (count === 1 ? 'is' : 'are');
  if (missing === 0) return `${stale} of ${of} results ${are(stale)} outdated.`;
  const outdated = stale === 0 ? '' : `, ${stale} ${are(stale)} outdated`;
  return `${missing} of ${of} results ${are(missing)} missing${outdated}.`;
}
