import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { readOnlyText } from '../readOnlyText';
import { runName } from '../runs/runName';
import type { RunTarget } from '../runs/target';
import { twoRuns } from '../runs/twoRuns';
import { comparedTexts } from './settingsText';

/** Shows in what the settings of two runs differ, side by side. */
export async function compareRuns(parts: CoreParts, target: RunTarget, others: readonly unknown[]): Promise<void> {
  const { l10n } = vscode;
  const chosen = await twoRuns(parts, target, others, {
    which: l10n.t('Compare the settings of which run?'),
    withWhich: (name) => l10n.t('With which run shall {0} be compared?', name),
  });
  if (chosen === undefined) return;
  const [one, other] = chosen;
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
