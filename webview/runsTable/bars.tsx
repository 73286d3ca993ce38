/** What stands above the table: how far reading is, what is chosen, and what is hidden. */
import * as l10n from '@vscode/l10n';
import type { Row } from '../../src/comparison';
import type { TableRun } from '../../src/protocol/runsTable';
import { Button } from '../controls';
import type { Actions } from './actions';
import type { TableState } from './tableState';

export interface BarsProperties {
  readonly table: TableState;
  readonly actions: Actions;
}

export function Bars({ table, actions }: BarsProperties) {
  const state = table.arranged.value;
  const { problem } = table.filter.value;
  const runs = table.inScope.value;
  const reading = runs.filter((run) => run.reading).length;
  const there = new Set(table.rows.value.map(({ key }) => key));
  const hidden = state.hidden.filter((key) => there.has(key)).length;
  return (
    <div class="bars">
      {reading > 0 && (
        <div class="bar muted" role="status">
          {l10n.t('Reading {0} of {1} runs…', reading, runs.length)}
        </div>
      )}
      {problem !== undefined && (
        <div class="bar error-text" role="status">
          {problem}
        </div>
      )}
      {state.at === 'best' && runs.length > 0 && <div class="bar muted">{bestText(runs)}</div>}
      {hidden > 0 && (
        <div class="bar">
          <span>{hidden === 1 ? l10n.t('1 row is hidden.') : l10n.t('{0} rows are hidden.', hidden)}</span>
          <Button label={l10n.t('Show')} onClick={() => actions.keep({ hidden: [] })} />
        </div>
      )}
      <ChosenBar rows={chosenRows(table)} runs={table.runs.value} actions={actions} />
    </div>
  );
}

/** Also the seeds of opened recipes can be chosen. */
function chosenRows(table: TableState): Row[] {
  const chosen = table.chosen.value;
  if (chosen.size === 0) return [];
  return table.lines.value.flatMap((line) => (line.kind === 'row' && chosen.has(line.row.key) ? [line.row] : []));
}

interface ChosenBarProperties {
  readonly rows: readonly Row[];
  readonly runs: ReadonlyMap<string, TableRun>;
  readonly actions: Actions;
}

function ChosenBar({ rows, runs, actions }: ChosenBarProperties) {
  if (rows.length === 0) return null;
  const areTwoRuns = rows.length === 2 && rows.every(({ kind }) => kind === 'run');
  const haveHeatmaps = areTwoRuns && rows.every(({ key }) => runs.get(key)?.checkpoints === true);
  return (
    <div class="bar" role="group" aria-label={l10n.t('Chosen rows')}>
      <span>{rows.length === 1 ? l10n.t('1 row is chosen.') : l10n.t('{0} rows are chosen.', rows.length)}</span>
      <Button label={l10n.t('Show Metrics')} icon="epochs" onClick={() => actions.act('metrics', rows)} />
      {areTwoRuns && (
        <Button label={l10n.t('Compare Settings')} icon="compare" onClick={() => actions.act('settings', rows)} />
      )}
      {haveHeatmaps && (
        <Button label={l10n.t('Compare Heatmaps')} icon="images" onClick={() => actions.act('compareHeatmaps', rows)} />
      )}
      <Button label={l10n.t('Pin')} icon="pin" onClick={() => actions.act('pin', rows)} />
      <Button label={l10n.t('Hide')} icon="close" onClick={() => actions.hide(rows.map(({ key }) => key))} />
      <Button label={l10n.t('Choose None')} onClick={actions.forgetChosen} />
    </div>
  );
}

function bestText(runs: TableState['inScope']['value']): string {
  return runs.every(({ facts }) => facts.chosenBy === 'validation')
    ? l10n.t('The best epoch is the one of the highest accuracy on the validation images.')
    : l10n.t(
        'The best epoch of a run without validation images is the one of the highest test accuracy, chosen by the images that it is reported on: it is a little too high.',
      );
}
