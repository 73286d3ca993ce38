import * as vscode from 'vscode';
import type { CellProgress, SweepState } from '../../sweeps/sweepState';
import { canAdd, countCells, isPending } from './counts';
import { cellIcon, cellName, cellStateText, countsText } from './sweepText';

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
): Promise<string[] | undefined> {
  const pick = vscode.window.createQuickPick<CellItem>();
  const title = [vscode.l10n.t('Run Sweep: {0}', state.studyName), countsText(countCells(state.cells))];
  pick.title = title.join(' · ');
  pick.placeholder = vscode.l10n.t('Which cells? Each is trained as a run of its own.');
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.items = itemsOf(state);
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

function itemsOf({ cells }: SweepState): CellItem[] {
  const waiting = cells.filter(isPending).length;
  const kind = vscode.QuickPickItemKind.Separator;
  return [
    ...cells.filter(canAdd).map(cellItem),
    ...(waiting === 0 ? [] : [{ label: vscode.l10n.t('Queued already: {0}', waiting), kind }]),
  ];
}

function cellItem({ cell, state, error }: CellProgress): CellItem {
  return {
    id: cell.id,
    label: `$(${cellIcon(state)}) ${cellName(cell)}`,
    description: cellStateText(state),
    ...(error === undefined ? {} : { detail: error }),
  };
}
