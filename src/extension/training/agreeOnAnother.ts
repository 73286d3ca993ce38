import * as vscode from 'vscode';
import type { LocatedStudy } from '../../study';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { progressText } from '../runs/runText';

/**
 * Asks before a study is trained that is being trained already, by this window, another one or a terminal, because that
 * is usually a mistake. It reads the disk, as this window may not know of the other training yet.
 *
 * @param agreed run folders that the person has agreed to; more are added
 * @returns whether to train
 */
export async function agreeOnAnother(
  { runStore }: CoreParts,
  located: LocatedStudy,
  agreed: Set<string>,
): Promise<boolean> {
  const { liveTrainings } = await import('../../runs');
  const live = (await liveTrainings(located)).filter(({ folder }) => !agreed.has(folder));
  const [first] = live;
  if (first === undefined) return true;
  await runStore.reread(first.folder);
  const run = runStore.find(first.folder);
  const progress = run === undefined ? vscode.l10n.t('starting') : progressText(run);
  const another = vscode.l10n.t('Train Another Run');
  const metrics = vscode.l10n.t('Show Metrics');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} is being trained already ({1}).', located.study.name, progress),
    another,
    metrics,
  );
  if (answer === metrics) await vscode.commands.executeCommand(COMMANDS.showMetrics, { run });
  for (const { folder } of live) agreed.add(folder);
  return answer === another;
}
