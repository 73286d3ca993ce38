/** The colours of a colour map, in a row. */
import { colourTable, type ColourMapName } from '../../../src/imaging/colourMaps';
import { picturePixels } from './paint';

/** 256 × 1 pixels from low to high. */
export function barPixels(name: ColourMapName): ImageData {
  return picturePixels({ height: 1, width: 256, pixels: colourTable(name) });
}
