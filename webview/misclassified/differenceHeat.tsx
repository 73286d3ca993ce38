import { useComputed, type ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Appearance } from '../common/heat/appearance';
import { paintDifference, type Difference } from '../common/heat/difference';

export interface DifferenceHeatProperties {
  readonly difference: Difference;
  readonly appearance: ReadonlySignal<Appearance>;
  /** The side in pixels of a smooth one; the browser enlarges it. */
  readonly raster: number;
}

/** The difference of two heatmaps over their picture, in colours of its own. */
export function DifferenceHeat({ difference, appearance, raster }: DifferenceHeatProperties) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const smooth = useComputed(() => appearance.value.smooth);
  useLayoutEffect(() => {
    if (canvas.current !== null) paintDifference(canvas.current, difference, smooth.value, raster);
  }, [difference, smooth.value, raster]);
  return <canvas ref={canvas} class="heat" />;
}
