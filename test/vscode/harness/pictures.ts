/** What an image element shows, as an address that is equal only where all its pixels are. */
import type { Locator } from 'playwright-core';

export function pixelsOf(image: Locator): Promise<string> {
  return image.evaluate((element) => {
    const { naturalWidth: width, naturalHeight: height } = element as HTMLImageElement;
    if (width === 0) return 'nothing';
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    (canvas.getContext('2d') as CanvasRenderingContext2D).drawImage(element as HTMLImageElement, 0, 0);
    return canvas.toDataURL();
  });
}
