import { isPinned, type At, type Row } from '../../src/comparison';
import type { TableRun } from '../../src/protocol/runsTable';
import * as l10n from '@vscode/l10n';
import { Icon } from '../controls';
import { differenceText, plainText, resultText, type CellText } from './cellText';
import type { Line } from './lines';
import type { TableColumn } from './tableColumns';

/** Rows are made anew with their values, and not when they are sorted: their texts last as long. */
const TEXTS = new WeakMap<Row, Map<string, CellText>>();

export function cellOf(row: Row, column: TableColumn, at: At, runs: ReadonlyMap<string, TableRun>): CellText {
  // A run's state changes while it trains.
  if (column.id === 'state') return { text: stateOf(row, runs) };
  const ofRow = TEXTS.get(row) ?? new Map<string, CellText>();
  TEXTS.set(row, ofRow);
  const known = ofRow.get(column.id);
  if (known !== undefined) return known;
  const text = textOf(row, column, at);
  ofRow.set(column.id, text);
  return text;
}

function textOf(row: Row, column: TableColumn, at: At): CellText {
  if (column.result !== undefined && column.kind === 'result')
    return resultText(row.values[column.id], column.result, row.kind);
  if (column.result !== undefined) {
    if (row.isBaseline) return { text: l10n.t('baseline') };
    return differenceText(row.differences[column.result.id], column.result);
  }
  return { text: plainText(row, column, at) };
}

/** Of a recipe how many of its runs are finished: those alone count in the means. */
export function stateOf(row: Row, runs: ReadonlyMap<string, TableRun>): string {
  if (row.kind === 'run') {
    const run = runs.get(row.key);
    return run?.problem ?? run?.stateText ?? '';
  }
  const live = row.runs.filter(({ run }) => runs.get(run)?.live === true).length;
  const done = l10n.t('{0} of {1} finished', row.whole, row.runs.length);
  return live === 0 ? done : l10n.t('{0}, {1} training', done, live);
}

export interface NameCellProperties {
  readonly line: Extract<Line, { kind: 'row' }>;
  readonly run: TableRun | undefined;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly onOpen: () => void;
}

/** The first column: what the row is, and whether it is chosen, opened and pinned. */
export function NameCell({ line: { row, opened, level }, run, chosen, onChoose, onOpen }: NameCellProperties) {
  const name = row.kind === 'recipe' ? row.name : (run?.label ?? row.name);
  const problem = run?.problem ?? null;
  return (
    <span class={`name level-${level}`}>
      <input
        type="checkbox"
        tabIndex={-1}
        checked={chosen}
        aria-label={l10n.t('Choose {0}', name)}
        onClick={onChoose}
      />
      {opened !== undefined && (
        <button
          class={opened ? 'twisty opened' : 'twisty'}
          tabIndex={-1}
          aria-label={opened ? l10n.t('Hide the seeds of {0}', name) : l10n.t('Show the seeds of {0}', name)}
          onClick={onOpen}
        >
          <Icon name="next" />
        </button>
      )}
      {problem !== null && <Icon name="warning" />}
      {isPinned(row) && <Icon name="pin" />}
      <span class="name-text" title={problem ?? name}>
        {level === 2 ? l10n.t('Seed {0}: {1}', row.runs[0]?.seed ?? '', name) : name}
      </span>
      {row.isBaseline && <span class="badge">{l10n.t('baseline')}</span>}
      {row.kind === 'recipe' && <span class="muted">n = {row.whole}</span>}
    </span>
  );
}
