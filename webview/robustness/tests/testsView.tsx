/** Many images under the study's perturbations: curves over epochs, and the table of all numbers. */
import { useSignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { Chart, type ChartHandle } from '../../chart/chart';
import { chartColours, styleOf } from '../../chart/palette';
import type { RobustnessState } from '../robustnessState';
import type { SavedState } from '../savedState';
import { chartContent, curvesOf } from './curves';
import { EpochReadout } from './epochReadout';
import { Legend } from './legend';
import { TestsTable } from './table';

export interface TestsViewProperties {
  readonly of: RobustnessState;
  readonly saved: Pick<SavedState, 'measure' | 'sort' | 'entry'>;
  readonly handle: ChartHandle;
  readonly keep: (change: Partial<SavedState>) => void;
}

export function TestsView({ of, saved: { measure, sort, entry }, handle, keep }: TestsViewProperties) {
  /** The epoch under the pointer. */
  const epoch = useSignal<number | undefined>(undefined);
  const curves = curvesOf(of, styleOf);
  return (
    <div class="tests-view">
      <div class="curves">
        <Chart
          label={l10n.t('Robustness by epoch, with clean accuracy. The arrow keys read out the epochs.')}
          content={chartContent(of, curves, measure, chartColours())}
          epoch={epoch}
          handle={handle}
        />
        <div class="beside">
          <Legend tests={of.tests.tests} styleOf={styleOf} alone={entry} onAlone={(next) => keep({ entry: next })} />
          <EpochReadout {...{ of, curves, measure, epoch }} />
        </div>
      </div>
      <TestsTable rows={of.rows} sort={sort} onSort={(next) => keep({ sort: next })} />
    </div>
  );
}
