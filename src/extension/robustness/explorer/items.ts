/** The Test Explorer's items: a study, its perturbations, and the checkpoints of each. */
import * as vscode from 'vscode';
import { titleOf, type RunSummary } from '../../runs/runSummary';
import { isOpen, type Outcome } from '../outcomes';
import type { StudyTest } from '../studyTests';
import { outcomeText, staleOutcomeText } from '../testText';

/** A perturbation with its results at the checkpoints of a run. */
export interface TestRow {
  readonly test: StudyTest;
  readonly range: vscode.Range;
  readonly outcomes: readonly Outcome[];
  /** The epochs that were being computed when their window closed. */
  readonly interrupted: readonly number[];
}

/** The perturbation and checkpoint that an item stands for. */
export interface TestPlace {
  readonly run: RunSummary;
  readonly test: StudyTest;
  readonly outcome: Outcome;
  /** It has no result, because its window closed while it was computed. */
  readonly isInterrupted: boolean;
}

export type Places = WeakMap<vscode.TestItem, TestPlace>;

/** Updates a study's items. Items that stay are the same objects and so keep their results. */
export function fillStudy(
  controller: vscode.TestController,
  item: vscode.TestItem,
  { run, rows, places }: { readonly run: RunSummary; readonly rows: readonly TestRow[]; readonly places: Places },
): void {
  const entries = rows.map(({ test, range, outcomes, interrupted }) => {
    const id = String(test.index);
    const entry = item.children.get(id) ?? controller.createTestItem(id, test.title, item.uri);
    entry.label = test.title;
    entry.range = range;
    entry.sortText = id.padStart(4, '0');
    const stopped = outcomes.filter((outcome) => isOpen(outcome) && interrupted.includes(outcome.epoch));
    entry.description = stopped.length > 0 ? interruptedText() : staleDescription(outcomes);
    const checkpoints = outcomes.map((outcome) => {
      const isInterrupted = stopped.includes(outcome);
      const child =
        entry.children.get(String(outcome.epoch)) ?? checkpointItem(controller, run, outcome.epoch, item.uri);
      child.range = range;
      // Another run of the study may begin at another epoch.
      child.label = titleOf(run, outcome.epoch);
      const text = outcomeText(outcome)?.replace(/^[✓✗] /, '') ?? '';
      child.description = isInterrupted ? interruptedText() : text;
      places.set(child, { run, test, outcome, isInterrupted });
      return child;
    });
    replace(entry.children, checkpoints);
    return entry;
  });
  replace(item.children, entries);
}

function interruptedText(): string {
  return vscode.l10n.t('interrupted');
}

function staleDescription(outcomes: readonly Outcome[]): string {
  const stale = outcomes.findLast(({ kind }) => kind === 'stale');
  return stale?.kind === 'stale' ? staleOutcomeText(stale.was) : '';
}

function checkpointItem(
  controller: vscode.TestController,
  run: RunSummary,
  epoch: number,
  uri: vscode.Uri | undefined,
): vscode.TestItem {
  const item = controller.createTestItem(String(epoch), titleOf(run, epoch), uri);
  item.sortText = String(epoch).padStart(6, '0');
  return item;
}

/** Replacing equal items would collapse expanded ones. */
function replace(collection: vscode.TestItemCollection, items: readonly vscode.TestItem[]): void {
  const same = collection.size === items.length && items.every((item) => collection.get(item.id) === item);
  if (!same) collection.replace(items);
}

/** The checkpoint items at or below some items, without the excluded ones. */
export function checkpointsBelow(
  items: Iterable<vscode.TestItem>,
  excluded: readonly vscode.TestItem[] = [],
): vscode.TestItem[] {
  return [...items].flatMap((item) => {
    if (excluded.includes(item)) return [];
    const children = [...item.children].map(([, child]) => child);
    return children.length === 0 ? [item] : checkpointsBelow(children, excluded);
  });
}
