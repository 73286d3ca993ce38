import * as z from 'zod';
import { augmentationKind, type Pixels } from './augmentationKind';

/** Mirrors an image left to right with probability ½ and cuts it out of its zero-padded self. */
export const flipCrop = augmentationKind({
  kind: 'flipCrop',
  schema: z
    .strictObject({
      kind: z.literal('flipCrop').meta({ description: 'A random left-right flip, and a random crop after padding.' }),
      padding: z
        .int()
        .min(0)
        .max(64)
        .default(4)
        .meta({
          description: 'Black pixels around the image before it is cropped: the crop lies at most so far off.',
          examples: [4],
        }),
    })
    .meta({ title: 'Flip and crop' }),
  description: 'random left-right flip, and a random crop after padding by 4 pixels',
  cost: 'light',
  sources: ['he2016deep'],
  stream: 'flip and crop',
  text: ({ padding }) => `flipCrop${padding === 4 ? '' : ` ${padding}`}`,
  define: ({ padding }) =>
    `Each image is flipped left to right with probability ½, and cropped to its size at a place drawn uniformly after padding by ${padding} black pixels on every side.`,
  problems: ({ padding }, { height, width }) => {
    const side = Math.min(height, width);
    return padding < side
      ? []
      : [
          {
            setting: 'padding',
            summary: 'the crop may lie outside of the image',
            found: String(padding),
            expected: `less than the ${side} pixels of an image's side`,
          },
        ];
  },
  apply(image, { padding }, random) {
    const mirror = random.integer(2) === 1;
    const down = random.integer(2 * padding + 1) - padding;
    const right = random.integer(2 * padding + 1) - padding;
    return shift(image, { mirror, down, right });
  },
});

interface Shift {
  readonly mirror: boolean;
  /** Output (y, x) is input (y + down, x + right), black where that lies outside. */
  readonly down: number;
  readonly right: number;
}

function shift({ height, width, pixels }: Pixels, { mirror, down, right }: Shift): Uint8Array {
  const shifted = new Uint8Array(pixels.length);
  for (let y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
    for (let x = Math.max(0, -right); x < Math.min(width, width - right); x++) {
      const column = mirror ? width - 1 - (x + right) : x + right;
      const source = ((y + down) * width + column) * 3;
      const target = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) shifted[target + channel] = pixels[source + channel] as number;
    }
  }
  return shifted;
}
