import * as vscode from 'vscode';
import type { LocatedStudy } from '../../study';
import type { SweepState } from '../../sweeps/sweepState';
import { COMMANDS } from '../ids';
import type { RunTarget } from '../runs/target';
import { savedStudies } from '../studies/savedStudy';
import { settle } from '../training/train';
import { isTrusted } from '../training/trust';
import { agreeOnCellDownloads } from './agreeOnCellDownloads';
import { askCells } from './askCells';
import { change } from './changes';
import { canAdd, isPending } from './counts';
import { estimateText } from './estimate';
import { keepRunning } from './keepRunning';
import { pickSweep } from './pickSweep';
import type { SweepParts } from './sweepParts';

/** Shows what a sweep would train, asks about downloads, and trains it in the background. */
export async function runSweepCommand(parts: SweepParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Training')))) return;
  const meant = await pickSweep(parts, target);
  if (meant === undefined) return;
  const studies = await savedStudies(meant.studyFile, 'train');
  if (studies === undefined) return;
  const state = await parts.sweeps.reread(meant.studyFile);
  if (state === undefined) return;
  if (state.cells.every((cell) => cell.state === 'done')) {
    await tellDone(state);
    return;
  }
  const ids = await cellsToTrain(parts, state);
  if (ids === undefined) return;
  const options = await agreeOnDownloads(parts, state, ids, studies);
  if (options === undefined) return;
  const now = await parts.sweeps.reread(state.studyFile);
  if (now === undefined) return;
  // While the person was asked, the file may have been edited: what it no longer asks for is not trained.
  const known = new Set(now.cells.map(({ cell }) => cell.id));
  const wanted = ids.filter((id) => known.has(id));
  await change(parts, now, { add: wanted }, { paused: false });
  await keepRunning(parts, now, ...options);
  await vscode.commands.executeCommand(COMMANDS.showSweep, { studyFile: state.studyFile });
}

async function tellDone({ studyName, studyFile, cells }: SweepState): Promise<void> {
  const metrics = vscode.l10n.t('Show Metrics');
  const message = vscode.l10n.t('The sweep of {0} is done: all {1} cells.', studyName, cells.length);
  if ((await vscode.window.showInformationMessage(message, metrics)) === metrics)
    await vscode.commands.executeCommand(COMMANDS.showMetrics, { studyFile });
}

/** None where all that is left is queued already; undefined where the person decides against it. */
async function cellsToTrain(parts: SweepParts, state: SweepState): Promise<string[] | undefined> {
  if (!state.cells.some(canAdd)) return [];
  const ids = await askCells(state, () => estimateText(parts, state.studyFile));
  return ids?.length === 0 && !state.cells.some(isPending) ? undefined : ids;
}

/** @returns options of `epochlens sweep`; undefined where the person decides against it */
export async function agreeOnDownloads(
  parts: SweepParts,
  state: SweepState,
  ids: readonly string[],
  studies: readonly [LocatedStudy, ...LocatedStudy[]],
): Promise<string[] | undefined> {
  for (const located of studies) if ((await settle(parts, located)) === undefined) return undefined;
  return agreeOnCellDownloads(state, ids, studies[0]);
}
