/** The rows of the list of runs: groups, of which each can be chosen whole, and their runs. */
import type { ListedRun } from '../../src/protocol/metrics';
import { grouped } from './grouped';

export type ListRow =
  | {
      readonly kind: 'group';
      readonly name: string;
      /** The folders of its runs that the search finds. */
      readonly runs: readonly string[];
    }
  | { readonly kind: 'run'; readonly run: ListedRun };

export interface ListOptions {
  readonly by: 'run' | 'recipe';
  /** Words that a run's texts must all have; upper and lower case are the same. */
  readonly search: string;
}

/** By study, or by recipe; groups in the order of their first runs. */
export function listRows(runs: readonly ListedRun[], { by, search }: ListOptions): ListRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = runs.filter((run) => words.every((word) => textOf(run).includes(word)));
  const groups = grouped(found, ({ studyName, recipe }) => (by === 'recipe' ? recipe : studyName));
  return [...groups].flatMap(([name, members]): ListRow[] => [
    { kind: 'group', name, runs: members.map(({ run }) => run) },
    ...members.map((run): ListRow => ({ kind: 'run', run })),
  ]);
}

function textOf({ studyName, name, recipe, id, stateText }: ListedRun): string {
  return [studyName, name, recipe, id, stateText].join(' ').toLowerCase();
}
