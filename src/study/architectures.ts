/** What a study can ask for beside the architectures themselves: their ImageNet weights, and named normalisations. */
import {
  ARCHITECTURE_NAMES,
  architecture,
  isFileNetwork,
  type ArchitectureName,
  type NetworkName,
  type PublishedWeights,
} from '../architectures';
import { DATASET_KINDS, type DatasetNormalizationName } from '../datasets/datasetKinds';

export const IMAGENET_ARCHITECTURES: readonly ArchitectureName[] = ARCHITECTURE_NAMES.filter(
  (name) => architecture(name).imagenet !== undefined,
);

export function imagenetWeights(name: NetworkName): PublishedWeights | undefined {
  return isFileNetwork(name) ? undefined : architecture(name).imagenet;
}

/** As ImageNet networks have: of a file's network whose size nothing says. */
const USUAL_INPUT_SIZE = 224;

/** Pixels a side that the network was designed for. */
export function defaultInputSize(name: NetworkName): number {
  return isFileNetwork(name) ? USUAL_INPUT_SIZE : architecture(name).inputSize;
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
