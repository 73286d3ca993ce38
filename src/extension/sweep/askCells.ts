import * as vscode from 'vscode';
import type { CellProgress, SweepState } from '../../sweeps/sweepState';
import { canAdd, countCells, isPending } from './counts';
import { cellName, countsText, progressIcon, progressText } from './sweepText';

interface CellItem extends vscode.QuickPickItem {
  readonly id?: string;
}

/**
 * Shows which cells would be trained, before anything starts: those that are neither done nor under way can be left out.
 * @param estimateOf what all of them take, shown as soon as it is known: "about 2 h, 340 MB"
 * @returns the ids of the cells to train; undefined where the person decides against it
 */
export async function askCells(
  state: SweepState,
  estimateOf: () => Promise<string | undefined>,
  isOffered: (cell: CellProgress) => boolean = canAdd,
): Promise<string[] | undefined> {
  const pick = vscode.window.createQuickPick<CellItem>();
  const title = [vscode.l10n.t('Run Sweep: {0}', state.studyName), countsText(countCells(state.cells))];
  pick.title = title.join(' · ');
  pick.placeholder = vscode.l10n.t('Which cells? Each is trained as a run of its own.');
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.items = itemsOf(state, isOffered);
  // A cancelled one was not wanted.
  const cancelled = new Set(state.cells.flatMap((each) => (each.state === 'cancelled' ? [each.cell.id] : [])));
  pick.selectedItems = pick.items.filter(({ id }) => id !== undefined && !cancelled.has(id));
  pick.busy = true;
  void estimateOf()
    .then((estimate) => {
      if (estimate !== undefined) pick.title = [...title, estimate].join(' · ');
    })
    .finally(() => (pick.busy = false));
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => resolve(pick.selectedItems.flatMap(({ id }) => id ?? [])));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

function itemsOf({ cells }: SweepState, isOffered: (cell: CellProgress) => boolean): CellItem[] {
  const waiting = cells.filter((each) => isPending(each) && !isOffered(each)).length;
  const kind = vscode.QuickPickItemKind.Separator;
  return [
    ...cells.filter(isOffered).map(cellItem),
    ...(waiting === 0 ? [] : [{ label: vscode.l10n.t('Queued already: {0}', waiting), kind }]),
  ];
}

function cellItem(progress: CellProgress): CellItem {
  const { cell, error } = progress;
  return {
    id: cell.id,
    label: `$(${progressIcon(progress)}) ${cellName(cell)}`,
    description: progressText(progress),
    ...(error === undefined ? {} : { detail: error }),
  };
}
