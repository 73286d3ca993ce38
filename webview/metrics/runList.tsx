import * as l10n from '@vscode/l10n';
import type { RunCurve } from '../../src/protocol/metrics';
import { styleOf } from '../chart/palette';
import { Swatch } from '../chart/swatch';
import { Checkbox } from '../controls';

export interface RunListProperties {
  readonly runs: readonly RunCurve[];
  /** The folders of those that are shown. */
  readonly shown: ReadonlySet<string>;
  readonly onToggle: (run: string, shown: boolean) => void;
}

/** The list in which runs are chosen. */
export function RunList({ runs, shown, onToggle }: RunListProperties) {
  return (
    <nav class="run-list" aria-label={l10n.t('Runs that are shown')}>
      <h2>{l10n.t('Runs')}</h2>
      <ul class="runs">
        {runs.map((curve, place) => (
          <li key={curve.run} class={curve.live ? 'live' : ''}>
            <Checkbox checked={shown.has(curve.run)} onChange={(on) => onToggle(curve.run, on)}>
              <span class="run-label">
                <Swatch {...styleOf(place)} />
                <RunText {...curve} />
              </span>
            </Checkbox>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function RunText({ studyName, name, stateText, batches, warning }: RunCurve) {
  return (
    <span class="run-text">
      <span>{studyName}</span>
      <span class="muted">{name}</span>
      <span class="muted">{stateText}</span>
      {batches !== null && (
        <span class="muted" title={batches}>
          {l10n.t('batches in parts')}
        </span>
      )}
      {/* The full text stands above the run's table, where there is room for it. */}
      {warning !== null && (
        <span class="warning" title={warning}>
          {warning}
        </span>
      )}
    </span>
  );
}
