/** The table as files: what is shown, in the order in which it is shown. */
import type { TableFile } from '../../src/protocol/runsTable';
import { csvText } from '../common/csv';
import type { SavedState } from './savedState';
import type { TableState } from './tableState';
import type { Export } from './toolbar';

export function exportedTable(
  what: Export,
  table: TableState,
  state: SavedState,
): { text: string; kind: TableFile; name: string } {
  const rows = table.visible.value.map((row) => [row.name, state.at]);
  return {
    text: csvText(rows),
    kind: what === 'md' || what === 'copy' ? 'md' : what === 'tex' ? 'tex' : 'csv',
    name: 'runs',
  };
}
