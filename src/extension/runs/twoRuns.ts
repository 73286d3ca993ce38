import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { oneRun } from './chosenRuns';
import { pickRun } from './pick';
import { runName } from './runName';
import type { RunSummary } from './runSummary';
import { selectedRuns } from './selection';
import type { RunTarget } from './target';

/** What the person is asked where fewer than two runs are selected. */
export interface TwoRunsTexts {
  readonly which: string;
  readonly withWhich: (name: string) => string;
}

/** Two runs: those that are selected, or that the person picks. @returns undefined where the person cancels, or there is one */
export async function twoRuns(
  parts: Pick<CoreParts, 'runStore' | 'selection'>,
  target: RunTarget,
  others: readonly unknown[],
  { which, withWhich }: TwoRunsTexts,
): Promise<readonly [RunSummary, RunSummary] | undefined> {
  const { runStore } = parts;
  const selected = (await selectedRuns(target, others, parts)) ?? [];
  const one = selected[0] ?? (await oneRun(parts, target, which));
  if (one === undefined) return undefined;
  if (selected[1] !== undefined) return [one, selected[1]];
  if (runStore.runs().length < 2) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no other run to compare it with.'));
    return undefined;
  }
  const other = await pickRun(undefined, runStore, {
    placeHolder: withWhich(runName(one, 'full')),
    only: ({ folder, state }) => folder !== one.folder && state !== 'damaged',
  });
  return other && [one, other];
}
