import * as vscode from 'vscode';
import type { CellProgress, SweepState } from '../../../sweeps/sweepState';
import type { RunTarget } from '../../runs/target';
import { savedStudies } from '../../studies/savedStudy';
import { isTrusted } from '../../training/trust';
import { askCells } from '../askCells';
import { waitsHere } from '../clusterTask';
import { canAdd } from '../counts';
import { estimateText } from '../estimate';
import { pickSweep } from '../pickSweep';
import { agreeOnDownloads, runSweepCommand } from '../runSweep';
import type { SweepParts } from '../sweepParts';
import { askWhere } from './askWhere';
import { ofCells } from './options';
import { submit } from './submit';

/** Asks where a sweep is trained: on this machine, or by a cluster's scheduler. */
export async function runSweepOnCommand(parts: SweepParts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Training')))) return;
  const meant = await pickSweep(parts, target);
  if (meant === undefined) return;
  const where = await askWhere(meant);
  if (where === 'here') await runSweepCommand(parts, { studyFile: meant.studyFile });
  else if (where !== undefined) await submitSweep(parts, meant.studyFile, where.host);
}

async function submitSweep(parts: SweepParts, studyFile: string, host: string | null): Promise<void> {
  const studies = await savedStudies(studyFile, 'train');
  if (studies === undefined) return;
  const state = await parts.sweeps.reread(studyFile);
  if (state === undefined) return;
  const ids = await cellsToSubmit(parts, state);
  if (ids === undefined || ids.length === 0) return;
  const more = await agreeOnDownloads(parts, state, ids, studies);
  if (more === undefined) return;
  const estimate = await estimateText(parts, studyFile, [...ofCells(ids), '--jobs', '1']);
  await submit(parts, { state, ids, host, estimate, more });
}

/** Undefined where the person decides against it, or where nothing is left. */
async function cellsToSubmit(parts: SweepParts, state: SweepState): Promise<string[] | undefined> {
  const isFree = (cell: CellProgress): boolean => canAdd(cell) || (waitsHere(cell) && state.runner === undefined);
  if (state.cells.some(isFree)) return askCells(state, () => estimateText(parts, state.studyFile), isFree);
  void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is left to submit of {0}.', state.studyName));
  return undefined;
}
