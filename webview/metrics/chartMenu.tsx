import * as l10n from '@vscode/l10n';
import { Checkbox, Popover } from '../controls';
import type { ChartKind } from './chartKinds';

export interface ChartMenuProperties {
  readonly kinds: readonly ChartKind[];
  /** Ids. */
  readonly chosen: readonly string[];
  readonly onChosen: (chosen: string[]) => void;
}

/** Which charts are shown. Those of measures that were never computed are not offered. */
export function ChartMenu({ kinds, chosen, onChosen }: ChartMenuProperties) {
  return (
    <Popover label={l10n.t('Charts')} icon="epochs">
      {() => (
        <div class="chart-menu" role="group" aria-label={l10n.t('Charts')}>
          {kinds.map(({ id, title }) => (
            <Checkbox
              key={id}
              checked={chosen.includes(id)}
              onChange={(on) => onChosen(on ? [...chosen, id] : chosen.filter((each) => each !== id))}
            >
              {title}
            </Checkbox>
          ))}
          <p class="muted">
            {l10n.t(
              'Robustness, drift, faithfulness and calibration are offered here once a panel, a report or the command line has computed them of a run that is shown.',
            )}
          </p>
        </div>
      )}
    </Popover>
  );
}
