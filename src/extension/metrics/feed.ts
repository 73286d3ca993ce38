/** What the page is told of runs: of the list what has changed, and the numbers of those alone that it shows. */
import type { CurveValues, ListChange, ListedRun } from '../../protocol/metrics';
import type { RunSummary } from '../runs/runSummary';
import { curveOf, listedRuns } from './curves';

export interface FeedSource {
  /** The newest first. */
  readonly runs: () => readonly RunSummary[];
  /** What a run's folder has besides what its summary says. */
  readonly read: (folder: string) => Promise<Pick<CurveValues, 'steps' | 'more'>>;
  readonly tellList: (change: ListChange) => void;
  readonly tellCurves: (curves: CurveValues[]) => void;
}

export interface Feed {
  /** All of the list, from which changes are told on. */
  list(): ListedRun[];
  /** The numbers of runs, from which changes are told on. */
  curves(folders: readonly string[]): Promise<CurveValues[]>;
  /** Tells what has changed of the list, and of the runs that are shown. */
  changed(): Promise<void>;
}

export function createFeed({ runs, read, tellList, tellCurves }: FeedSource): Feed {
  let listed = new Map<string, string>();
  /** What was told of each run that is shown. */
  let told = new Map<string, string>();
  let telling = false;
  let again = false;

  function list(): ListedRun[] {
    const all = listedRuns(runs());
    listed = new Map(all.map((run) => [run.run, JSON.stringify(run)]));
    return all;
  }

  async function valuesOf(folders: readonly string[]): Promise<CurveValues[]> {
    const shown = new Set(folders);
    const summaries = runs().filter(({ folder }) => shown.has(folder));
    return Promise.all(summaries.map(async (run) => curveOf(run, await read(run.folder))));
  }

  function tellListChange(): void {
    const before = listed;
    const all = list();
    const changed = all.filter(({ run }) => listed.get(run) !== before.get(run));
    const order = [...listed.keys()];
    const isSame = order.length === before.size && [...before.keys()].every((run, at) => run === order[at]);
    if (changed.length > 0 || !isSame) tellList({ changed, order: isSame ? null : order });
  }

  async function tellChangedCurves(): Promise<void> {
    const now = told;
    const values = await valuesOf([...now.keys()]);
    // Others may have been asked for while these were read.
    if (now !== told) return;
    const changed = values.filter((each) => now.get(each.run) !== JSON.stringify(each));
    for (const each of changed) now.set(each.run, JSON.stringify(each));
    if (changed.length > 0) tellCurves(changed);
  }

  return {
    list,
    async curves(folders) {
      const mine = new Map(folders.map((folder) => [folder, '']));
      told = mine;
      const values = await valuesOf(folders);
      for (const each of values) mine.set(each.run, JSON.stringify(each));
      return values;
    },
    async changed() {
      tellListChange();
      again = true;
      if (telling) return;
      telling = true;
      try {
        while (again) {
          again = false;
          await tellChangedCurves();
        }
      } finally {
        telling = false;
      }
    },
  };
}
