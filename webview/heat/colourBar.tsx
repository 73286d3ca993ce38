/** A colour map with the numbers at its ends. */
import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import type { HeatColours } from '../../src/imaging/colourMaps';
import type { Scale } from '../../src/imaging/heatmap';
import { barPixels } from '../common/heat/colourBar';
import { shortNumber } from '../common/text';
import { Bitmap } from './bitmap';

export interface ColourBarProperties {
  readonly colourMap: HeatColours;
  /** Undefined where each map has its own: the ends are words then. */
  readonly scale: Scale | undefined;
}

export function ColourBar({ colourMap, scale }: ColourBarProperties) {
  return (
    <ScaleBar
      least={
        scale !== undefined ? shortNumber(scale.minimum) : colourMap === 'signed' ? `−${l10n.t('max')}` : l10n.t('min')
      }
      greatest={scale === undefined ? l10n.t('max') : shortNumber(scale.maximum)}
      pixels={useMemo(() => barPixels(colourMap), [colourMap])}
    />
  );
}

export interface ScaleBarProperties {
  readonly least: string;
  readonly greatest: string;
  /** From low to high. */
  readonly pixels: ImageData;
}

/** Any colours with what stands at their ends. */
export function ScaleBar({ least, greatest, pixels }: ScaleBarProperties) {
  return (
    <div class="colour-bar" role="img" aria-label={l10n.t('Colour scale from {0} to {1}', least, greatest)}>
      <span class="least">{least}</span>
      <Bitmap pixels={pixels} />
      <span class="greatest">{greatest}</span>
    </div>
  );
}
