/** The raw value at the position that the pointer or the arrow keys choose. */
import type { ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { Scale } from '../../src/imaging/heatmap';
import type { Results } from '../common/heat/results';
import type { Position } from '../common/gridKeys';
import { ColourBar } from '../heat';
import type { ShownHeat } from './compared';
import { gapText } from './gap';
import { look } from './page';
import { rawValue } from './rawValue';

export interface ReadoutProperties {
  readonly layer: Results['layer'];
  readonly shown: ShownHeat | undefined;
  /** Whether the map has the signed colours. */
  readonly signed: boolean;
  readonly scale: Scale | undefined;
  readonly at: ReadonlySignal<Position | undefined>;
}

export function Readout({ layer, shown, signed, scale, at }: ReadoutProperties) {
  const read = rawValue(shown, at.value);
  const gap = gapText(shown);
  const rows = [
    [l10n.t('Layer'), layer && `${layer.name} (${layer.height} × ${layer.width})`],
    [l10n.t('Position'), read?.position],
    [l10n.t('Value'), read?.value],
    [l10n.t('Of its maximum'), read?.share],
    ...(gap === undefined ? [] : [[l10n.t('Completeness gap'), gap] as const]),
  ] as const;
  return (
    <section class="readout" aria-label={l10n.t('Raw values')}>
      <h3>{l10n.t('Raw value')}</h3>
      <ColourBar colourMap={signed ? 'signed' : look.appearance.value.colourMap} scale={scale ?? shown?.range} />
      <dl>
        {rows.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value ?? '–'}</dd>
          </>
        ))}
      </dl>
      <p class="hint muted">{l10n.t('Point at a picture, or focus the heatmap and press the arrow keys.')}</p>
    </section>
  );
}
