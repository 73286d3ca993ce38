/**
 * Pixels as an image element. A canvas would do, but a browser gives each canvas a layer of its own, and orders all layers
 * anew in every frame in which anything is scrolled: with 144 heatmaps that was 32 of 47 ms.
 */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Picture } from '../../src/protocol/engine';
import { bitmapFile } from '../common/heat/bitmapFile';
import { picturePixels } from '../common/heat/paint';

export interface BitmapProperties {
  readonly class?: string;
  /** Drawn again where they are another object. */
  readonly pixels: ImageData;
}

/** An image at its own size, which the style sheet enlarges. Its owner says in words what it is. */
export function Bitmap({ class: kind, pixels }: BitmapProperties) {
  const image = useRef<HTMLImageElement>(null);
  useLayoutEffect(() => {
    if (image.current !== null) showPixels(image.current, pixels);
  }, [pixels]);
  return <img ref={image} class={kind} alt="" aria-hidden="true" />;
}

/** What is shown stays until the new one can be; undefined shows nothing. */
export function showPixels(image: HTMLImageElement, pixels: ImageData | undefined): void {
  image.hidden = pixels === undefined;
  if (pixels === undefined) {
    image.removeAttribute('src');
    return;
  }
  const address = addressOf(pixels);
  image.decoding = 'sync';
  image.src = address;
  // It fails where other pixels are shown meanwhile.
  image
    .decode()
    .catch(() => undefined)
    .finally(() => URL.revokeObjectURL(address));
}

function addressOf(pixels: ImageData): string {
  return URL.createObjectURL(bitmapFile(pixels));
}

const addresses = new WeakMap<Picture, string>();
const gone = new FinalizationRegistry<string>((address) => URL.revokeObjectURL(address));

/** A picture has one address, however often it is shown, so that the browser reads it once. */
export function pictureAddress(picture: Picture): string {
  const known = addresses.get(picture);
  if (known !== undefined) return known;
  const address = addressOf(picturePixels(picture));
  addresses.set(picture, address);
  gone.register(picture, address);
  return address;
}
