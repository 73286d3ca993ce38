/** What a study can ask for beside the architectures themselves: their ImageNet weights, and named normalisations. */
import { ARCHITECTURE_NAMES, architecture, type ArchitectureName, type PublishedWeights } from '../architectures';
import { DATASET_KINDS, type DatasetNormalizationName } from '../datasets/datasetKinds';

/** ImageNet weights on the Hugging Face hub: which bytes of which commit. */
export interface PublishedWeights {
  readonly repository: string;
  readonly file: string;
  /** The commit. */
  readonly revision: string;
  readonly bytes: number;
  /** As the hub's LFS pointer has it, hexadecimal. */
  readonly sha256: string;
  /** `crop_pct` of timm's configuration. */
  readonly cropFraction: number;
}

/** timm's, of the architectures made for ImageNet: trained at 224×224. */
const IMAGENET_WEIGHTS: Partial<Record<ArchitectureName, PublishedWeights>> = {
  efficientnet_b0: {
    repository: 'timm/efficientnet_b0.ra_in1k',
    file: 'model.safetensors',
    revision: '1b5383e5f79cc0f7fc067e372f8f26a5fa73f26a',
    bytes: 21_355_344,
    sha256: 'd569899762ea9b1384ee07f4af64805cf8caa1c55f9253ebb1080dc40e87a2cd',
    cropFraction: 0.875,
  },
  resnet18: {
    repository: 'timm/resnet18.a1_in1k',
    file: 'model.safetensors',
    revision: '491b427b45c94c7fb0e78b5474cc919aff584bbf',
    bytes: 46_807_446,
    sha256: '80c49dee3da4822c009c5a7fe591e9223c5a2cfcf95a4067ca4dfb5a7b89c612',
    cropFraction: 0.95,
  },
};

export const IMAGENET_ARCHITECTURES = Object.keys(IMAGENET_WEIGHTS) as readonly ArchitectureName[];

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

export type NormalizationName = DatasetNormalizationName | 'imagenet';

/** Those of the data sets, and what ImageNet-trained models of timm and torchvision expect. */
export const NORMALIZATIONS = Object.fromEntries([
  ...DATASET_KINDS.map(({ normalization: { name, mean, std } }) => [name, { mean, std }]),
  ['imagenet', { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }],
]) as unknown as Readonly<Record<NormalizationName, Normalization>>;
export const NORMALIZATION_NAMES = Object.keys(NORMALIZATIONS) as [NormalizationName, ...NormalizationName[]];
