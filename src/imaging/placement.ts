/**
 * How a picture of any shape becomes a network's square input, and where the input then lies in the picture: what is
 * computed at the input is drawn in the picture's own coordinates.
 */

/** Kernels of Pillow's `Image.resize`, antialiased where they shrink. */
export type Interpolation = 'bicubic' | 'bilinear';

/**
 * - `crop`: the shorter side becomes ⌊inputSize ÷ cropFraction⌋, and the centre is cut out (timm's `crop_mode` "center").
 * - `pad`: the longer side becomes inputSize, and the rest is filled with the mean colour ("border", `crop_pct` 1).
 * - `stretch`: both sides become inputSize ("squash", `crop_pct` 1).
 */
export type Resize =
  | { readonly mode: 'crop'; readonly cropFraction: number; readonly interpolation: Interpolation }
  | { readonly mode: 'pad' | 'stretch'; readonly interpolation: Interpolation };

/** What is done where a study says nothing. */
export const DEFAULT_RESIZE: Resize = { mode: 'stretch', interpolation: 'bilinear' };

/** In pixels. */
export interface Size {
  readonly height: number;
  readonly width: number;
}

/** A rectangle in shares of a picture's width and height, from its upper left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** In pixels of the resized picture. */
export interface Placement {
  readonly resized: Size;
  /** The input's upper left corner: below 0 where there is padding before the picture. */
  readonly left: number;
  readonly top: number;
}

/** As timm's `create_transform(is_training=False)` places it; a picture of the input's size is taken as it is. */
export function placementOf({ height, width }: Size, inputSize: number, resize: Resize): Placement {
  if (height === inputSize && width === inputSize) return { resized: { height, width }, left: 0, top: 0 };
  switch (resize.mode) {
    case 'stretch':
      return { resized: { height: inputSize, width: inputSize }, left: 0, top: 0 };
    case 'pad': {
      const ratio = Math.max(height, width) / inputSize;
      const length = (pixels: number): number => Math.max(1, roundHalfEven(pixels / ratio));
      const resized = { height: length(height), width: length(width) };
      const before = (pixels: number): number => -Math.floor((inputSize - pixels) / 2) + 0;
      return { resized, left: before(resized.width), top: before(resized.height) };
    }
    case 'crop': {
      const shorter = Math.floor(inputSize / resize.cropFraction);
      const longer = Math.trunc((shorter * Math.max(height, width)) / Math.min(height, width));
      const resized = width <= height ? { height: longer, width: shorter } : { height: shorter, width: longer };
      const before = (pixels: number): number => roundHalfEven((pixels - inputSize) / 2);
      return { resized, left: before(resized.width), top: before(resized.height) };
    }
  }
}

/** Python's `round`. */
function roundHalfEven(value: number): number {
  const isHalf = Math.abs(value % 1) === 0.5;
  return isHalf ? 2 * Math.round(value / 2) : Math.round(value);
}

/** Where the input lies in the picture: within it where it was cropped, around it where it was padded. */
export function inputBox({ resized, left, top }: Placement, inputSize: number): Box {
  return {
    left: left / resized.width,
    top: top / resized.height,
    width: inputSize / resized.width,
    height: inputSize / resized.height,
  };
}

/** The inverse: from a place in the picture to one in the input, both in shares; undefined where the input ends. */
export function placeInInput(box: Box, x: number, y: number): { readonly x: number; readonly y: number } | undefined {
  const place = { x: (x - box.left) / box.width, y: (y - box.top) / box.height };
  return place.x >= 0 && place.x < 1 && place.y >= 0 && place.y < 1 ? place : undefined;
}

/** Whether some of the picture is outside the input. */
export function isCropped({ left, top, width, height }: Box): boolean {
  // Shares such as 224/171 are rounded.
  const edge = 1e-9;
  return left > edge || top > edge || left + width < 1 - edge || top + height < 1 - edge;
}

/** Of the picture with its longer side so long, no side less than a pixel. */
export function fittedSize({ height, width }: Size, longer: number): Size {
  const scale = longer / Math.max(height, width);
  const length = (pixels: number): number => Math.max(1, Math.round(pixels * scale));
  return { height: length(height), width: length(width) };
}

/** "centre crop of 87.5 %", "padded", "stretched". */
export function resizeText(resize: Resize): string {
  switch (resize.mode) {
    case 'crop':
      return `centre crop of ${Number((100 * resize.cropFraction).toFixed(2))} %`;
    case 'pad':
      return 'padded';
    case 'stretch':
      return 'stretched';
  }
}

/** A sentence on what the network is given of a picture. */
export function resizeSentence({ height, width }: Size, inputSize: number, resize: Resize): string {
  const { resized, left, top } = placementOf({ height, width }, inputSize, resize);
  const size = `${width}×${height}`;
  const input = `${inputSize}×${inputSize}`;
  const to = `${resized.width}×${resized.height} (${resize.interpolation})`;
  switch (resize.mode) {
    case 'crop':
      return `The network is given the centre ${input} of the ${size} picture resized to ${to}, a ${resizeText(resize)}.`;
    case 'pad':
      return left === 0 && top === 0
        ? `The network is given the ${size} picture resized to ${to}.`
        : `The network is given the ${size} picture resized to ${to} and padded to ${input} with the mean colour.`;
    case 'stretch':
      return height === width
        ? `The network is given the ${size} picture resized to ${to}.`
        : `The network is given the ${size} picture stretched to ${to}.`;
  }
}
