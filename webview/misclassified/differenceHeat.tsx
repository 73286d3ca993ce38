import { useComputed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Appearance } from '../common/heat/appearance';
import { differencePixels, type Difference } from '../common/heat/difference';
import { Bitmap } from '../heat';

export interface DifferenceHeatProperties {
  readonly difference: Difference;
  readonly appearance: ReadonlySignal<Appearance>;
  /** The side in pixels of a smooth one; the browser enlarges it. */
  readonly raster: number;
}

/** The difference of two heatmaps over their picture, in colours of its own. */
export function DifferenceHeat({ difference, appearance, raster }: DifferenceHeatProperties) {
  const smooth = useComputed(() => appearance.value.smooth).value;
  const pixels = useMemo(() => differencePixels(difference, smooth, raster), [difference, smooth, raster]);
  return <Bitmap class="heat" pixels={pixels} />;
}
