/** The curves of all measures, and the values of the epoch that is pointed at, or of the last. */
import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { Attention } from '../../src/protocol/engine';
import type { AttentionPoint } from '../../src/measures/drift/numbers';
import { Chart, type ChartHandle } from '../chart/chart';
import { chartColours } from '../chart/palette';
import { Readout, type ReadoutRow } from '../chart/readout';
import { accuracyText } from '../common/text';
import { chartContent, curveStyle } from './chartContent';
import type { Accuracies } from './driftState';
import {
  comparisonsOf,
  comparisonText,
  curvesOf,
  MEASURES,
  measuresOf,
  measureTitle,
  shortEstimate,
  valueText,
} from './measures';

/** The epoch that is pointed at, in all charts. */
const epoch = signal<number | undefined>(undefined);

/** The drawn charts, for pictures of them. */
export const handles: readonly ChartHandle[] = MEASURES.map(() => ({ drawn: undefined }));

export interface ChartsProperties {
  readonly attention: Attention;
  readonly accuracies: Accuracies;
}

export function Charts({ attention, accuracies }: ChartsProperties) {
  const colours = chartColours();
  return (
    <div class="charts-frame">
      <div class="charts">
        {measuresOf(attention).map((measure) => (
          <Chart
            key={measure.key}
            label={l10n.t('{0} by epoch. The arrow keys read out the epochs.', measureTitle(measure.key))}
            content={chartContent({ measure, attention, accuracies, colours })}
            epoch={epoch}
            handle={handles[MEASURES.indexOf(measure)]}
          />
        ))}
      </div>
      <EpochValues attention={attention} accuracies={accuracies} />
    </div>
  );
}

function EpochValues({ attention, accuracies }: ChartsProperties) {
  const point = attention.epochs.find((each) => each.epoch === epoch.value) ?? attention.epochs.at(-1);
  return (
    <Readout
      epoch={point?.epoch}
      heads={measuresOf(attention).map(({ key }) => measureTitle(key))}
      rows={point === undefined ? [] : [...curveRows(attention, point), ...otherRows(point, accuracies)]}
    />
  );
}

/** A row for each kind of curve, which is also the charts' legend. */
function curveRows(attention: Attention, point: AttentionPoint): ReadoutRow[] {
  return comparisonsOf(attention).map((comparison) => ({
    name: comparisonText(comparison),
    style: curveStyle({ comparison }),
    cells: measuresOf(attention).map((measure) => {
      const curve = curvesOf(measure, attention).find((each) => each.comparison === comparison);
      return curve && <span title={valueText(curve, point)}>{shortEstimate(curve.valueOf(point))}</span>;
    }),
  }));
}

function otherRows({ epoch: at, changed, fromLast, flat }: AttentionPoint, accuracies: Accuracies): ReadoutRow[] {
  const accuracy = accuracies.get(at) ?? null;
  const otherwise = l10n.t('{0} of {1}', changed.fromLast, fromLast.of);
  return [
    { name: l10n.t('test accuracy (dotted)'), cells: [accuracyText(accuracy) || '–'] },
    { name: l10n.t('predicted otherwise than at the last epoch'), cells: [otherwise] },
    ...(flat === 0 ? [] : [{ name: l10n.t('flat heatmaps'), cells: [flat] }]),
  ];
}
