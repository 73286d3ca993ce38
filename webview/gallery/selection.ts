/** The selected images of both sets. Lists are replaced, never changed. */
import * as l10n from '@vscode/l10n';
import { grouped } from '../common/text';
import type { SetName } from '../../src/protocol/engine';
import type { ChosenImages } from '../../src/protocol/gallery';

export type Selection = Readonly<Record<SetName, ReadonlySet<number>>>;

/** The most images of each set that a study file can have. */
const MOST_IN_A_STUDY = 1000;

export function selectionOf({ test, train }: ChosenImages): Selection {
  return { test: new Set(test), train: new Set(train) };
}

export function chosenOf({ test, train }: Selection): ChosenImages {
  const ascending = (set: ReadonlySet<number>): number[] => [...set].sort((a, b) => a - b);
  return { test: ascending(test), train: ascending(train) };
}

export function toggled(selection: Selection, set: SetName, index: number): Selection {
  return marked(selection, set, [index], !selection[set].has(index));
}

export function marked(selection: Selection, set: SetName, indices: Iterable<number>, selected: boolean): Selection {
  const now = new Set(selection[set]);
  for (const index of indices) {
    if (selected) now.add(index);
    else now.delete(index);
  }
  return { ...selection, [set]: now };
}

export function sizeOf({ test, train }: Selection): number {
  return test.size + train.size;
}

export function sameSelection(a: Selection, b: Selection): boolean {
  return (['test', 'train'] as const).every(
    (set) => a[set].size === b[set].size && [...a[set]].every((index) => b[set].has(index)),
  );
}

/** Why a study file cannot have the selection. */
export function problemOf({ test, train }: Selection): string | undefined {
  const most = grouped(MOST_IN_A_STUDY);
  if (test.size > MOST_IN_A_STUDY) return l10n.t('A study holds at most {0} test images.', most);
  if (train.size > MOST_IN_A_STUDY) return l10n.t('A study holds at most {0} training images.', most);
  if (test.size + train.size === 0) return l10n.t('Select an image first: a study needs at least one.');
  return undefined;
}
