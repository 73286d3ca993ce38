/** What the page knows of runs: all of the list, and the numbers of those that it has asked for. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { CurveValues, ListChange, ListedRun } from '../../src/protocol/metrics';

export interface Runs {
  /** The newest first. */
  readonly list: ReadonlySignal<readonly ListedRun[]>;
  /** By the run's folder. */
  readonly values: ReadonlySignal<ReadonlyMap<string, CurveValues>>;
  readonly takeList: (runs: readonly ListedRun[]) => void;
  readonly changeList: (change: ListChange) => void;
  readonly takeValues: (curves: readonly CurveValues[]) => void;
}

export function createRuns(): Runs {
  const list = signal<readonly ListedRun[]>([]);
  const values = signal<ReadonlyMap<string, CurveValues>>(new Map());

  return {
    list,
    values,
    takeList: (runs) => (list.value = runs),
    changeList({ changed, order }) {
      const known = new Map([...list.value, ...changed].map((run) => [run.run, run]));
      const folders = order ?? list.value.map(({ run }) => run);
      list.value = folders.flatMap((folder) => known.get(folder) ?? []);
    },
    takeValues(curves) {
      if (curves.length > 0)
        values.value = new Map([...values.value, ...curves.map((each) => [each.run, each] as const)]);
    },
  };
}
