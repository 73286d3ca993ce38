/** A page of images as one picture, from which single images are drawn. */
import type { PixelBlock } from './pages';

export interface Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
}

const COLUMNS = 16;

export function makeSheet({ pixels, width, height }: PixelBlock, images: number): Sheet {
  const canvas = document.createElement('canvas');
  canvas.width = width * Math.min(images, COLUMNS);
  canvas.height = height * Math.ceil(images / COLUMNS);
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const data = new ImageData(canvas.width, canvas.height);
  const target = new Uint32Array(data.data.buffer);
  let source = 0;
  for (let image = 0; image < images; image++) {
    const left = (image % COLUMNS) * width;
    const top = Math.floor(image / COLUMNS) * height;
    for (let y = 0; y < height; y++) {
      const row = (top + y) * canvas.width + left;
      for (let x = 0; x < width; x++, source += 3) {
        // Little-endian RGBA: every machine that VS Code runs on is little-endian.
        target[row + x] =
          ((pixels[source] as number) |
            ((pixels[source + 1] as number) << 8) |
            ((pixels[source + 2] as number) << 16) |
            0xff000000) >>>
          0;
      }
    }
  }
  context.putImageData(data, 0, 0);
  return { canvas, width, height, columns: COLUMNS };
}

/** Draws one image of the sheet into the middle of a square, as large as it fits. */
export function drawFrom(
  context: CanvasRenderingContext2D,
  { canvas, width, height, columns }: Sheet,
  row: number,
  [x, y, side]: readonly [number, number, number],
): void {
  const left = (row % columns) * width;
  const top = Math.floor(row / columns) * height;
  const scale = side / Math.max(width, height);
  const [w, h] = [width * scale, height * scale];
  // What is enlarged shows its pixels.
  context.imageSmoothingEnabled = scale * devicePixelRatio < 1;
  context.drawImage(canvas, left, top, width, height, x + (side - w) / 2, y + (side - h) / 2, w, h);
}
