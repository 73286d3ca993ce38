/** The values of all curves at all epochs, as a table. */
import * as l10n from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { Attention } from '../../src/protocol/engine';
import { accuracyText } from '../common/text';
import type { Accuracies } from './driftState';
import { comparisonText, curvesOf, measuresOf, measureTitle, valueText } from './measures';

export interface ValuesTableProperties {
  readonly attention: Attention;
  readonly accuracies: Accuracies;
}

export function ValuesTable({ attention, accuracies }: ValuesTableProperties) {
  const [open, setOpen] = useState(false);
  return (
    <details class="all-values" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{l10n.t('Values of all epochs')}</summary>
      {open && <Table attention={attention} accuracies={accuracies} />}
    </details>
  );
}

function Table({ attention, accuracies }: ValuesTableProperties) {
  const measures = measuresOf(attention).map((measure) => ({ measure, curves: curvesOf(measure, attention) }));
  const columns = measures.flatMap(({ measure, curves }) => curves.map((curve) => ({ measure, curve })));
  return (
    <div class="values-frame" tabIndex={0} role="region" aria-label={l10n.t('Values of all epochs')}>
      <table class="values">
        <thead>
          <tr>
            <th scope="col">{l10n.t('Epoch')}</th>
            <th scope="col">{l10n.t('Test accuracy')}</th>
            {columns.map(({ measure, curve }) => (
              <th key={`${measure.key} ${curve.comparison}`} scope="col">
                {measureTitle(measure.key)}
                <span class="muted"> {comparisonText(curve.comparison)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {attention.epochs.map((point) => (
            <tr key={point.epoch}>
              <th scope="row">{point.epoch}</th>
              <td>{accuracyText(accuracies.get(point.epoch) ?? null) || '–'}</td>
              {columns.map(({ measure, curve }) => (
                <td key={`${measure.key} ${curve.comparison}`}>{valueText(curve, point)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
