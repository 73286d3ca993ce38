/** What a study can ask for beside the architectures themselves: their ImageNet weights, and named normalisations. */
import { architecture, type ArchitectureName } from '../architectures';

/** ImageNet weights on the Hugging Face hub. */
export interface PublishedWeights {
  readonly repository: string;
  readonly file: string;
  /** Roughly, for a person who is asked whether to download them. */
  readonly megabytes: number;
}

/** timm's, of the architectures made for ImageNet: trained at 224×224. */
const IMAGENET_WEIGHTS: Partial<Record<ArchitectureName, PublishedWeights>> = {
  efficientnet_b0: { repository: 'timm/efficientnet_b0.ra_in1k', file: 'model.safetensors', megabytes: 21 },
  resnet18: { repository: 'timm/resnet18.a1_in1k', file: 'model.safetensors', megabytes: 47 },
};

export const IMAGENET_ARCHITECTURES = Object.keys(IMAGENET_WEIGHTS) as readonly ArchitectureName[];

export function imagenetWeights(name: ArchitectureName): PublishedWeights | undefined {
  return IMAGENET_WEIGHTS[name];
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
