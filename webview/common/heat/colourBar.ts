/** The colours of a colour map, in a row. */
import { colourTable, type HeatColours } from '../../../src/imaging/colourMaps';
import { picturePixels } from './paint';

/** 256 × 1 pixels from low to high. */
export function barPixels(name: HeatColours): ImageData {
  return picturePixels({ height: 1, width: 256, pixels: colourTable(name) });
}
