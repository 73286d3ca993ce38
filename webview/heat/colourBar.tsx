/** A colour map with the numbers at its ends. */
import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ColourMapName } from '../../src/imaging/colourMaps';
import type { Scale } from '../../src/imaging/heatmap';
import { paintBar } from '../common/heat/colourBar';
import { shortNumber } from '../common/text';

export interface ColourBarProperties {
  readonly colourMap: ColourMapName;
  /** Undefined where each map has its own: the ends are words then. */
  readonly scale: Scale | undefined;
}

export function ColourBar({ colourMap, scale }: ColourBarProperties) {
  return (
    <ScaleBar
      least={scale === undefined ? l10n.t('min') : shortNumber(scale.minimum)}
      greatest={scale === undefined ? l10n.t('max') : shortNumber(scale.maximum)}
      paint={(canvas) => paintBar(canvas, colourMap)}
      colours={colourMap}
    />
  );
}

export interface ScaleBarProperties {
  readonly least: string;
  readonly greatest: string;
  /** Draws colours from low to high; called where `colours`, which names them, has changed. */
  readonly paint: (canvas: HTMLCanvasElement) => void;
  readonly colours: string;
}

/** Any colours with what stands at their ends. */
export function ScaleBar({ least, greatest, paint, colours }: ScaleBarProperties) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null) paint(canvas.current);
  }, [colours]);
  return (
    <div class="colour-bar" role="img" aria-label={l10n.t('Colour scale from {0} to {1}', least, greatest)}>
      <span class="least">{least}</span>
      <canvas ref={canvas} />
      <span class="greatest">{greatest}</span>
    </div>
  );
}
