/** Heatmaps over pictures. */
import { colourise, type ColourMapName } from './colourMaps';
import { displayMap, type DisplayMap, type FloatMap, type Scale } from './heatmap';
import { resizePixels, type RgbImage } from './image';

/**
 * The image with the map's colours over it. A flat map colours nothing.
 *
 * @param map of the image's size
 * @param opacity 0 shows the image, 1 the colours
 */
export function overlay(image: RgbImage, map: DisplayMap, colours: ColourMapName, opacity: number): RgbImage {
  if (map.height !== image.height || map.width !== image.width) {
    throw new RangeError(`a map of ${map.width}×${map.height} over an image of ${image.width}×${image.height}`);
  }
  if (map.flat) return image;
  const heat = colourise(map.values, colours);
  const pixels = image.pixels.map((value, i) => Math.round(value + opacity * ((heat[i] as number) - value)));
  return { ...image, pixels };
}

export interface OverlayOptions {
  readonly colourMap: ColourMapName;
  /** 0 shows the image, 1 the colours. */
  readonly opacity: number;
  /** Pixels a side of the picture; the image's own by default. */
  readonly size?: number;
  /** What several maps are compared on; the map's own range by default. */
  readonly scale?: Scale;
}

/** The picture of a raw heatmap over its image, both brought to one size. */
export function renderOverlay(image: RgbImage, map: FloatMap, options: OverlayOptions): RgbImage {
  const { colourMap, opacity, size, scale } = options;
  const picture = size === undefined ? image : resizePixels(image, size, size);
  return overlay(picture, displayMap(map, picture.height, picture.width, scale), colourMap, opacity);
}
