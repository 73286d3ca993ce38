import type { Signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { Chart, type ChartHandle } from '../chart/chart';
import { chartColours } from '../chart/palette';
import { chartContent, type ShownRun } from './chartOption';
import { type Measure, type Part } from './measures';
import { EpochReadout } from './epochReadout';
import type { SavedState } from './savedState';

export interface ChartsProperties {
  readonly runs: readonly ShownRun[];
  readonly state: SavedState;
  readonly epoch: Signal<number | undefined>;
  readonly handles: Readonly<Record<Measure, ChartHandle>>;
}

/** Accuracy and loss by epoch, the values of one epoch below, or why there are none. */
export function Charts({ runs, state: { parts, logarithmic }, epoch, handles }: ChartsProperties) {
  const why = whyNothing(runs, parts);
  const chart = (measure: Measure, label: string) => (
    <Chart
      label={label}
      content={chartContent({
        measure,
        runs,
        parts,
        colours: chartColours(),
        logarithmic: logarithmic && measure === 'loss',
      })}
      epoch={epoch}
      handle={handles[measure]}
    />
  );
  return (
    <>
      <p class="muted nothing" role="status" hidden={why === ''}>
        {why}
      </p>
      <div class="charts">
        {chart('accuracy', l10n.t('Accuracy by epoch. The arrow keys read out the epochs.'))}
        {chart('loss', l10n.t('Loss by epoch. The arrow keys read out the epochs.'))}
      </div>
      <EpochReadout epoch={epoch.value} runs={runs} parts={parts} />
    </>
  );
}

function whyNothing(runs: readonly ShownRun[], parts: readonly Part[]): string {
  if (runs.length === 0) return l10n.t('Choose a run in the list to see its curves.');
  if (parts.length === 0) return l10n.t('Choose test, training, or both.');
  if (runs.some(({ curve }) => curve.epochs.length > 0)) return '';
  return runs.some(({ curve }) => curve.claims.length > 0)
    ? l10n.t(
        'Nothing has been measured here: what the files of imported checkpoints claim is in the table. Press Measure Accuracy there.',
      )
    : l10n.t('No epoch has been measured yet: the first values come after epoch 0, before training begins.');
}
