import * as z from 'zod';
import { perturbationKind } from './perturbationKind';
import { GREY_LEVELS, clip } from './picture';
import { COMMON_SETTINGS } from './settings';

/** Independent noise on every pixel and channel, clipped to the range of pixels. */
export const gaussianNoise = perturbationKind({
  kind: 'gaussianNoise',
  schema: z
    .strictObject({
      kind: z.literal('gaussianNoise').meta({ description: 'Gaussian noise on every pixel and channel.' }),
      standardDeviation: z
        .number()
        .min(0)
        .max(1)
        .default(0.1)
        .meta({
          description: 'Standard deviation on pixels in [0, 1], before normalisation; the result is clipped to [0, 1].',
          examples: [0.1],
        }),
      ...COMMON_SETTINGS,
    })
    .meta({ title: 'Gaussian noise' }),
  cost: 'heavy',
  text: ({ standardDeviation }) => `gaussianNoise ${standardDeviation}`,
  define: ({ standardDeviation }) =>
    `Independent normal noise of mean 0 and standard deviation ${standardDeviation} is added to each of the three channels of every pixel, on values from 0 to 1 before normalisation; the sum is clipped to that range.`,
  draw: () => undefined,
  apply({ pixels }, { standardDeviation }, _, random) {
    const scale = standardDeviation * GREY_LEVELS;
    const noise = random.normals(pixels.length);
    const noisy = new Float32Array(pixels);
    for (let i = 0; i < noisy.length; i++) noisy[i] = (noisy[i] as number) + scale * (noise[i] as number);
    return clip(noisy);
  },
});
