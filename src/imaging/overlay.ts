/** Heatmaps over pictures. */
import { colourise, signedOpacity, type ColourMapName, type HeatColours } from './colourMaps';
import { displayMap, displayMapInPicture, symmetricScale, type DisplayMap, type FloatMap, type Scale } from './heatmap';
import { resizePixels, type RgbImage } from './image';
import { fittedSize, type Box } from './placement';

/** How much of a picture's colours fades to white where the network was given nothing of it. */
const FADING = 0.65;

/**
 * The image with the map's colours over it. A flat map colours nothing, and a signed one nothing where it is nought;
 * where a map has no value, the image fades.
 *
 * @param map of the image's size
 * @param opacity 0 shows the image, 1 the colours
 */
export function overlay(image: RgbImage, map: DisplayMap, colours: HeatColours, opacity: number): RgbImage {
  if (map.height !== image.height || map.width !== image.width) {
    throw new RangeError(`a map of ${map.width}×${map.height} over an image of ${image.width}×${image.height}`);
  }
  const heat = colourise(map.values, colours);
  const share = map.flat ? 0 : opacity;
  const pixels = image.pixels.map((value, i) => {
    const shown = map.values[Math.floor(i / 3)] as number;
    const by = Number.isNaN(shown) ? FADING : colours === 'signed' ? share * signedOpacity(shown) : share;
    const to = Number.isNaN(shown) ? 255 : (heat[i] as number);
    return Math.round(value + by * (to - value));
  });
  return { ...image, pixels };
}

export interface OverlayOptions {
  /** Of maps that are not signed. */
  readonly colourMap: ColourMapName;
  /** Whether the map's sign says something: it then has the signed colours, on a scale around nought. */
  readonly signed?: boolean;
  /** 0 shows the image, 1 the colours. */
  readonly opacity: number;
  /** Pixels of the picture's longer side; the image's own by default. */
  readonly size?: number;
  /** Which part of the image the map is of; all of it by default. */
  readonly box?: Box;
  /** What several maps are compared on; the map's own range by default. */
  readonly scale?: Scale;
}

/** The picture of a raw heatmap over its image, both brought to one size, in the image's own proportions. */
export function renderOverlay(image: RgbImage, map: FloatMap, options: OverlayOptions): RgbImage {
  const { colourMap, signed = false, opacity, size, box } = options;
  const scale = options.scale ?? (signed ? symmetricScale([map]) : undefined);
  const { height, width } = size === undefined ? image : fittedSize(image, size);
  const shown =
    box === undefined ? displayMap(map, height, width, scale) : displayMapInPicture(map, { height, width }, box, scale);
  return overlay(resizePixels(image, height, width), shown, signed ? 'signed' : colourMap, opacity);
}
