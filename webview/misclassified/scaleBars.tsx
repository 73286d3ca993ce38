import { useComputed, type ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { Appearance } from '../common/heat/appearance';
import { ColourBar } from '../heat';
import type { Comparison } from './compare';

export interface ScaleBarsProperties {
  readonly comparison: Comparison;
  readonly appearance: ReadonlySignal<Appearance>;
}

/** The two scales of a row, with the numbers at their ends. */
export function ScaleBars({ comparison: { maps, scale, difference }, appearance }: ScaleBarsProperties) {
  const colourMap = useComputed(() => appearance.value.colourMap);
  return (
    <div class="bars">
      <span class="muted">{l10n.t('heat')}</span>
      <ColourBar colourMap={maps.predicted.signed ? 'signed' : colourMap.value} scale={scale} />
      <span class="muted">{l10n.t('difference')}</span>
      <ColourBar colourMap="signed" scale={difference.range} />
    </div>
  );
}
