import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { readOnlyText } from '../readOnlyText';
import { oneRun } from '../runs/chosenRuns';
import { pickRun } from '../runs/pick';
import { runName } from '../runs/runName';
import type { RunSummary } from '../runs/runSummary';
import { selectedRuns } from '../runs/selection';
import type { RunTarget } from '../runs/target';
import { comparedTexts } from './settingsText';

/** Shows in what the settings of two runs differ, side by side. */
export async function compareRuns(parts: CoreParts, target: RunTarget, others: readonly unknown[]): Promise<void> {
  const { l10n } = vscode;
  const selected = (await selectedRuns(target, others, parts)) ?? [];
  const one = selected[0] ?? (await oneRun(parts, target, l10n.t('Compare the settings of which run?')));
  const other = one === undefined ? undefined : (selected[1] ?? (await askOther(parts, one)));
  if (one === undefined || other === undefined) return;
  // The older one is on the left, as in a comparison of versions.
  const [before, now] = one.createdAt <= other.createdAt ? [one, other] : [other, one];
  const { openRun } = await import('../../runs');
  const texts = await comparedTexts(await openRun(before.folder), await openRun(now.folder));
  const names = [runName(before, 'full'), runName(now, 'full')] as const;
  if (texts === undefined) {
    void vscode.window.showInformationMessage(l10n.t('{0} and {1} have the same settings.', ...names));
    return;
  }
  const [left, right] = [before, now].map(({ id }, at) => readOnlyText(`${id}.properties`, texts[at] ?? ''));
  await vscode.commands.executeCommand('vscode.diff', left, right, l10n.t('Settings: {0} ↔ {1}', ...names), {
    preview: true,
  });
}

async function askOther({ runStore }: CoreParts, one: RunSummary): Promise<RunSummary | undefined> {
  if (runStore.runs().length < 2) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no other run to compare it with.'));
    return undefined;
  }
  return pickRun(undefined, runStore, {
    placeHolder: vscode.l10n.t('With which run shall {0} be compared?', runName(one, 'full')),
    only: ({ folder, state }) => folder !== one.folder && state !== 'damaged',
  });
}
