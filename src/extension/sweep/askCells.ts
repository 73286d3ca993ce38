import * as vscode from 'vscode';
import type { CellProgress, SweepState } from '../../sweeps/sweepState';
import { canAdd, countCells, isPending } from './counts';
import { cellIcon, cellName, cellStateText, countsText } from './sweepText';

interface CellItem extends vscode.QuickPickItem {
  readonly id?: string;
}

/**
 * Shows which cells would be trained, before anything starts: those that are neither done nor under way can be left out.
 * @param estimate what all of them take: "about 2 h and 340 MB"; undefined where nobody can say
 * @returns the ids of the cells to train; undefined where the person decides against it
 */
export async function askCells(state: SweepState, estimate: string | undefined): Promise<string[] | undefined> {
  const open = state.cells.filter(canAdd);
  const waiting = state.cells.filter(isPending);
  const items: CellItem[] = [
    ...open.map((progress) => cellItem(progress)),
    ...(waiting.length === 0
      ? []
      : [{ label: vscode.l10n.t('Queued already: {0}', waiting.length), kind: vscode.QuickPickItemKind.Separator }]),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: [vscode.l10n.t('Run Sweep: {0}', state.studyName), countsText(countCells(state.cells)), estimate]
      .filter((part) => part !== undefined)
      .join(' · '),
    placeHolder: vscode.l10n.t('Which cells? Each is trained as a run of its own.'),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  return picked?.flatMap(({ id }) => id ?? []);
}

function cellItem({ cell, state, error }: CellProgress): CellItem {
  return {
    id: cell.id,
    label: `$(${cellIcon(state)}) ${cellName(cell)}`,
    description: cellStateText(state),
    ...(error === undefined ? {} : { detail: error }),
    // A cancelled one was not wanted.
    picked: state !== 'cancelled',
  };
}
