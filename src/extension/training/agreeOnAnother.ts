import * as vscode from 'vscode';
import type { LocatedStudy } from '../../study';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';
import { progressText } from '../runs/runText';

/**
 * A study that is being trained, from here, another window or a terminal, can be trained once more beside that; mostly
 * it was not meant. The disk is asked, as this window may not have heard of it yet.
 *
 * @param agreed run folders that were agreed to; more are added
 * @returns whether it is to be trained
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
  const progress = run === undefined ? 'starting' : progressText(run);
  const another = 'Train Another Run';
  const metrics = 'Show Metrics';
  const answer = await vscode.window.showWarningMessage(
    `${located.study.name} is being trained already (${progress}).`,
    another,
    metrics,
  );
  if (answer === metrics) await vscode.commands.executeCommand(COMMANDS.showMetrics, { run });
  for (const { folder } of live) agreed.add(folder);
  return answer === another;
}
