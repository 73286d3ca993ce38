/** What is alike in all VGGs (Simonyan and Zisserman 2014): five groups of 3×3 convolutions, each with a pooling behind it. */
import type { Layers } from './layers';

export type Depth = 11 | 13 | 16 | 19;

export const VGG_CHANNELS = [64, 128, 256, 512, 512];
/** Convolutions in each of the five groups: configurations A, B, D and E. */
export const VGG_CONVOLUTIONS: Readonly<Record<Depth, readonly number[]>> = {
  11: [1, 1, 2, 2, 2],
  13: [2, 2, 2, 2, 2],
  16: [2, 2, 3, 3, 3],
  19: [2, 2, 4, 4, 4],
};

/** Modules of a convolution in `features`: itself, its batch norm, its ReLU. A pooling is one. */
function modulesEach(hasBatchNorm: boolean): number {
  return hasBatchNorm ? 3 : 2;
}

/** The module `features`, whose modules are numbered. */
export function featuresOf<X>(
  layers: Layers<X>,
  images: X,
  convolutions: readonly number[],
  { hasBatchNorm, looksAtLastPool }: { readonly hasBatchNorm: boolean; readonly looksAtLastPool: boolean },
): X {
  let x = images;
  let module = 0;
  convolutions.forEach((count, group) => {
    for (let convolution = 0; convolution < count; convolution++) {
      const name = `features.${module}`;
      x = layers.conv2d(name, x, { filters: VGG_CHANNELS[group] ?? 0, kernel: 3, bias: true });
      x = layers.targetLayer(name, x);
      if (hasBatchNorm) {
        const normName = `features.${module + 1}`;
        x = layers.targetLayer(normName, layers.batchNorm(normName, x));
      }
      module += modulesEach(hasBatchNorm);
      x = layers.targetLayer(`features.${module - 1}`, layers.relu(x));
    }
    x = layers.maxPool(x, { kernel: 2, stride: 2, padding: 0 });
    if (looksAtLastPool || group < convolutions.length - 1) x = layers.targetLayer(`features.${module}`, x);
    module++;
  });
  return x;
}

/** In `features`, without `num_batches_tracked`. */
export function featureTensors(convolutions: readonly number[], hasBatchNorm: boolean): number {
  return convolutions.reduce((sum, count) => sum + count, 0) * (hasBatchNorm ? 6 : 2);
}

/** "features.7-12": the modules between two poolings. */
export function stageOfFeatures(
  tensor: string,
  convolutions: readonly number[],
  hasBatchNorm: boolean,
): string | undefined {
  const module = Number(/^features\.(\d+)\./.exec(tensor)?.[1]);
  let first = 0;
  for (const count of convolutions) {
    const last = first + modulesEach(hasBatchNorm) * count - 1;
    if (module <= last) return `features.${first}-${last}`;
    // The pooling is between them.
    first = last + 2;
  }
  return undefined;
}
