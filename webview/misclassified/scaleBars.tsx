import { useComputed, type ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import type { Appearance } from '../common/heat/appearance';
import { differenceBarPixels } from '../common/heat/difference';
import { shortNumber } from '../common/text';
import { ColourBar, ScaleBar } from '../heat';
import type { Comparison } from './compare';

export interface ScaleBarsProperties {
  readonly comparison: Comparison;
  readonly appearance: ReadonlySignal<Appearance>;
}

/** The two scales of a row, with the numbers at their ends. */
export function ScaleBars({ comparison: { scale, difference }, appearance }: ScaleBarsProperties) {
  const colourMap = useComputed(() => appearance.value.colourMap);
  const differenceColours = useMemo(differenceBarPixels, []);
  const limit = shortNumber(difference.limit);
  return (
    <div class="bars">
      <span class="muted">{l10n.t('heat')}</span>
      <ColourBar colourMap={colourMap.value} scale={scale} />
      <span class="muted">{l10n.t('difference')}</span>
      <ScaleBar least={`−${limit}`} greatest={`+${limit}`} pixels={differenceColours} />
    </div>
  );
}
