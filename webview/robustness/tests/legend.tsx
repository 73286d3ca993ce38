import * as l10n from '@vscode/l10n';
import { Swatch } from '../../chart/swatch';
import type { SeriesStyle } from '../../chart/palette';
import type { ShownTest } from '../../../src/protocol/robustnessPanel';

export interface LegendProperties {
  readonly tests: readonly ShownTest[];
  readonly styleOf: (entry: number) => SeriesStyle;
  /** The perturbation that is shown alone; null where all are shown. */
  readonly alone: number | null;
  readonly onAlone: (entry: number | null) => void;
}

/** The legend of the curves. A press on a perturbation shows it alone, in the chart and the table. */
export function Legend({ tests, styleOf, alone, onAlone }: LegendProperties) {
  return (
    <div class="legend" role="group" aria-label={l10n.t('Perturbations in the chart and the table')}>
      {tests.map(({ entry, title }) => {
        const isAlone = alone === entry;
        return (
          <button
            key={entry}
            class={alone !== null && !isAlone ? 'key faded' : 'key'}
            aria-pressed={isAlone}
            title={isAlone ? l10n.t('Show all perturbations') : l10n.t('Show {0} alone', title)}
            onClick={() => onAlone(isAlone ? null : entry)}
          >
            <Swatch {...styleOf(entry)} />
            <span>{title}</span>
          </button>
        );
      })}
      <span class="key muted">
        <span class="dashes" aria-hidden="true" />
        {l10n.t('Clean accuracy')}
      </span>
    </div>
  );
}
