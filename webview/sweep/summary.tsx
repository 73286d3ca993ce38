import * as l10n from '@vscode/l10n';
import type { ShownSweep, SweepAction } from '../../src/protocol/sweepPanel';
import { Button } from '../controls';
import { countsOf, countsText, standText, straysText, type Counts } from './cellText';

export interface SummaryProperties {
  readonly sweep: ShownSweep;
  readonly act: (action: SweepAction) => void;
  readonly onCancelStrays: () => void;
}

/** Above the cells: how many are how far, how long it still takes, and what it waits for. */
export function Summary({ sweep, act, onCancelStrays }: SummaryProperties) {
  const counts = countsOf(sweep.cells);
  const { all, done } = counts;
  return (
    <div class="summary">
      <div class="summary-line">
        <strong>{countsText(counts)}</strong>
        <span class="muted stand">{done === all ? l10n.t('The sweep is done.') : standText(sweep)}</span>
        {done > 0 && (
          <span class="summary-actions">
            <Button label={l10n.t('Open Runs Table')} icon="table" onClick={() => act('showRunsTable')} />
            <Button label={l10n.t('Show Metrics')} icon="epochs" onClick={() => act('showMetrics')} />
          </span>
        )}
      </div>
      {sweep.schedulerProblem !== null && (
        <p class="scheduler-problem" title={sweep.schedulerProblem}>
          {sweep.schedulerProblem}
        </p>
      )}
      {sweep.strays.length > 0 && (
        <p class="strays">
          <span>{straysText(sweep.strays)}</span>
          <Button label={l10n.t('Cancel Them')} icon="stop" onClick={onCancelStrays} />
        </p>
      )}
      <Bar counts={counts} cells={sweep.cells} />
    </div>
  );
}

/** What is behind the sweep, in cells: those under way count by their epochs. */
function Bar({ counts: { all, failed }, cells }: { readonly counts: Counts; readonly cells: ShownSweep['cells'] }) {
  const whole = cells.reduce(
    (sum, { state, share }) => sum + (state === 'done' ? 1 : state === 'failed' ? 0 : share),
    0,
  );
  const behind = (100 * whole) / Math.max(all, 1);
  return (
    <div
      class="sweep-bar"
      role="progressbar"
      aria-label={l10n.t('Progress of the sweep')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(behind)}
    >
      <span class="behind" style={{ width: `${behind}%` }} />
      <span class="lost" style={{ width: `${(100 * failed) / Math.max(all, 1)}%` }} />
    </div>
  );
}
