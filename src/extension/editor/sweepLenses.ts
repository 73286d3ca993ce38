/** The lenses above a study's sweep: how far it is, what is done with it; and above each recipe of a list. */
import * as vscode from 'vscode';
import type { CellProgress, SweepState } from '../../sweeps/sweepState';
import { COMMANDS, type CommandId } from '../ids';
import { canRunHere, isGoing } from '../sweep/clusterTask';
import { countCells } from '../sweep/counts';
import { cellIcon, countsText, iconOf, sweepText } from '../sweep/sweepText';
import type { Lens } from './lenses';

export interface SweepLensOptions {
  readonly trusted: boolean;
  /** Whether there is a cluster that it could be handed to. */
  readonly hasCluster: boolean;
}

/** @param state undefined where the file cannot be read yet, as while it is edited */
export function sweepLenses(
  studyFile: string,
  state: SweepState | undefined,
  { trusted, hasCluster }: SweepLensOptions,
): Lens[] {
  if (state === undefined) return [];
  const counts = countCells(state.cells);
  const lens = (title: string, tooltip: string, command: CommandId): Lens => {
    return { title, tooltip, command, argument: { studyFile } };
  };
  const { l10n } = vscode;
  const runs = isGoing(state);
  const changes = [
    canRunHere(state)
      ? lens(
          `$(run-all) ${l10n.t('Run Sweep')}`,
          l10n.t('Train the cells in the background, each as a run of its own; first their list is shown'),
          COMMANDS.runSweep,
        )
      : undefined,
    hasCluster && !runs && canRunHere(state)
      ? lens(
          `$(server) ${l10n.t('Run Sweep on…')}`,
          l10n.t('Hand the cells to a cluster; first it is asked where, and the script is shown'),
          COMMANDS.runSweepOn,
        )
      : undefined,
    runs && !state.paused
      ? lens(
          `$(debug-pause) ${l10n.t('Pause')}`,
          l10n.t('Start no more; what runs goes on to its end'),
          COMMANDS.pauseSweep,
        )
      : undefined,
    runs && state.paused
      ? lens(`$(debug-continue) ${l10n.t('Continue')}`, l10n.t('Go on with what is queued'), COMMANDS.continueSweep)
      : undefined,
    counts.failed > 0
      ? lens(`$(refresh) ${l10n.t('Retry Failed Cells')}`, l10n.t('Queue again what has failed'), COMMANDS.retrySweep)
      : undefined,
  ];
  return [
    lens(
      `$(${cellIcon(iconOf(counts))}) ${sweepText(state)}`,
      l10n.t('Show the queue of this sweep'),
      COMMANDS.showSweep,
    ),
    ...(trusted ? changes.filter((each) => each !== undefined) : []),
    ...(counts.done > 0
      ? [
          lens(
            `$(table) ${l10n.t('Open Runs Table')}`,
            l10n.t('Compare the recipes’ results, over their seeds'),
            COMMANDS.showRunsTable,
          ),
        ]
      : []),
  ];
}

/** "3 of 5 done", above a recipe; none before its first cell is under way. */
export function recipeLens(studyFile: string, cells: readonly CellProgress[]): Lens[] {
  const counts = countCells(cells);
  if (counts.all === 0 || counts.untouched === counts.all) return [];
  return [
    {
      title: `$(${cellIcon(iconOf(counts))}) ${countsText(counts)}`,
      tooltip: vscode.l10n.t('Show the queue of this sweep'),
      command: COMMANDS.showSweep,
      argument: { studyFile },
    },
  ];
}
