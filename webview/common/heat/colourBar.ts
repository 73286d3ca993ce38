/** The colours of a colour map, in a row. */
import { colourTable, type ColourMapName } from '../../../src/imaging/colourMaps';
import { contextOf } from './paint';

/** 256 × 1 pixels from low to high. */
export function paintBar(canvas: HTMLCanvasElement | OffscreenCanvas, name: ColourMapName): void {
  canvas.width = 256;
  canvas.height = 1;
  const image = new ImageData(256, 1);
  const colours = colourTable(name);
  for (let entry = 0; entry < 256; entry++) {
    image.data.set(colours.subarray(3 * entry, 3 * entry + 3), 4 * entry);
    image.data[4 * entry + 3] = 255;
  }
  contextOf(canvas).putImageData(image, 0, 0);
}
