/** A heatmap. Opacity, blending and place are the style sheet's. */
import { useComputed, useSignalEffect, type ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { DisplayMap, Scale } from '../../src/imaging/heatmap';
import type { Appearance } from '../common/heat/appearance';
import { heatPixels, heatValues, type RangedMap } from '../common/heat/paint';
import { showPixels } from './bitmap';

export interface HeatProperties {
  /** Undefined where there is none yet. */
  readonly map: RangedMap | undefined;
  /** The common scale of several maps; undefined where this one has its own. */
  readonly scale: Scale | undefined;
  readonly appearance: ReadonlySignal<Appearance>;
  /** The side in pixels of a smooth heatmap; the browser enlarges it. */
  readonly raster: number;
  /** Nothing lies below, so that no part of it is transparent. */
  readonly isAlone?: boolean;
}

export function Heat(properties: HeatProperties) {
  const image = useRef<HTMLImageElement>(null);
  const latest = useRef(properties);
  const painter = useRef<ReturnType<typeof createPainter>>(undefined);
  latest.current = properties;
  painter.current ??= createPainter();

  function paint(): void {
    if (image.current !== null) painter.current?.(image.current, latest.current);
  }

  const colours = useComputed(() => {
    const { colourMap, blending, smooth } = properties.appearance.value;
    return [colourMap, blending, smooth].join(' ');
  });
  useLayoutEffect(paint);
  useSignalEffect(() => {
    if (colours.value !== '') inNextFrame(paint);
  });
  return <img ref={image} class="heat" alt="" />;
}

/** Draws what has changed since it drew last. The values are kept at the size of the picture. */
function createPainter() {
  let mapOf: RangedMap['map'] | undefined;
  let valuesOf = '';
  let values: DisplayMap | undefined;
  let coloursOf = '';
  return (image: HTMLImageElement, { map, scale, appearance, raster, isAlone }: HeatProperties): void => {
    const { smooth, colourMap, blending } = appearance.peek();
    if (map === undefined) {
      if (values !== undefined) showPixels(image, undefined);
      values = undefined;
      return;
    }
    const key = `${smooth} ${raster} ${map.signed} ${scale?.minimum} ${scale?.maximum}`;
    if (values === undefined || map.map !== mapOf || key !== valuesOf) {
      values = heatValues(map, scale, smooth, raster);
      coloursOf = '';
    }
    [mapOf, valuesOf] = [map.map, key];
    const colours = `${colourMap} ${blending === 'weighted'} ${isAlone}`;
    if (colours !== coloursOf) showPixels(image, heatPixels(values, { colourMap, blending }, map.signed, isAlone));
    coloursOf = colours;
  };
}

const waiting = new Set<() => void>();

/** All heatmaps are drawn in one frame, each once. */
function inNextFrame(paint: () => void): void {
  if (waiting.size === 0)
    requestAnimationFrame(() => {
      const paints = [...waiting];
      waiting.clear();
      for (const each of paints) each();
    });
  waiting.add(paint);
}
