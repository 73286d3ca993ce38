/** The keys of a cell's row, besides those that lead from row to row. */
import * as l10n from '@vscode/l10n';
import type { ShownCell } from '../../src/protocol/sweepPanel';
import type { CellActions } from './cellRow';
import { canAdd, isPending, waitsHere } from './cellText';

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** @returns whether the key was one of these */
export function cellKey(
  { key, altKey, ctrlKey, metaKey }: Key,
  cell: ShownCell,
  trusted: boolean,
  act: CellActions,
): boolean {
  if (ctrlKey || metaKey) return false;
  if (altKey) return trusted && moves(key, cell, act);
  if (key === 'Enter') act.toggle(cell);
  else if (!trusted) return false;
  else if (key === 'Delete' && isPending(cell.state)) act.cancel(cell);
  else if (key.toLowerCase() === 'r' && canAdd(cell.state)) act.add(cell);
  else if (key.toLowerCase() === 'f' && waitsHere(cell)) act.first(cell);
  else return false;
  return true;
}

function moves(key: string, cell: ShownCell, act: CellActions): boolean {
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return false;
  act.move(cell, key === 'ArrowUp' ? -1 : 1);
  return true;
}

export function shortcuts(): readonly (readonly [keys: string, what: string])[] {
  return [
    ['↑ ↓', l10n.t('from cell to cell')],
    [l10n.t('Home, End'), l10n.t('first and last cell')],
    [l10n.t('Enter'), l10n.t('log and details of the cell')],
    ['Alt+↑ ↓', l10n.t('earlier and later in the queue')],
    ['F', l10n.t('train the cell first')],
    ['R', l10n.t('train or retry the cell')],
    [l10n.t('Delete'), l10n.t('cancel the cell')],
    [l10n.t('Esc'), l10n.t('close the details')],
    ['?', l10n.t('this list')],
  ];
}
