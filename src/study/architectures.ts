/** What a study can ask for beside the architectures themselves: their ImageNet weights, and named normalisations. */
import { ARCHITECTURE_NAMES, architecture, type ArchitectureName, type PublishedWeights } from '../architectures';

export const IMAGENET_ARCHITECTURES: readonly ArchitectureName[] = ARCHITECTURE_NAMES.filter(
  (name) => architecture(name).imagenet !== undefined,
);

export function imagenetWeights(name: ArchitectureName): PublishedWeights | undefined {
  return architecture(name).imagenet;
}

/** Pixels a side that the architecture was designed for. */
export function defaultInputSize(name: ArchitectureName): number {
  return architecture(name).inputSize;
}

export type PerChannel = [red: number, green: number, blue: number];

/** Subtracted from, and divided into, pixels in [0, 1], per channel. */
export interface Normalization {
  mean: PerChannel;
  std: PerChannel;
}

/** The means and standard deviations of the two training sets, as torchvision and the CIFAR-10 literature give them. */
export const NORMALIZATIONS = {
  cifar10: { mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] },
  imagenet: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
} as const satisfies Record<string, Normalization>;
export type NormalizationName = keyof typeof NORMALIZATIONS;
export const NORMALIZATION_NAMES = Object.keys(NORMALIZATIONS) as [NormalizationName, ...NormalizationName[]];
