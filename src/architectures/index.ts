/** The architectures by name. Pure: no tensors, no engine, so that an editor can ask about shapes without one. */
import type { Architecture } from './architecture';
import { cifarResnet, cifarResnetWithProjection } from './cifarResnet';
import { declare, type Declaration } from './declare';
import { cifarVgg } from './cifarVgg';
import { CONVNEXTS } from './convnext';
import { DENSENETS } from './densenet';
import { EFFICIENTNETS } from './efficientnet';
import { MOBILENETS_V2 } from './mobilenetV2';
import { MOBILENETS_V3 } from './mobilenetV3';
import type { FILE_NETWORK, FileNetwork, NetworkNamed } from './network';
import { REGNETS } from './regnet';
import { RESNETS, RESNETS_FOR_CIFAR } from './resnets';
import { VGGS } from './vgg';

export type {
  Architecture,
  Initialiser,
  Naming,
  PublishedWeights,
  TensorDeclaration,
  TensorRole,
} from './architecture';
export { closedFormLayer } from './closedFormLayer';
export { graphClassifier, withClasses, type GraphClassifier } from './graph/classifier';
export { classifierOf, declare, type Declaration, type TargetLayer } from './declare';
export * from './graph/graph';
export * from './graph/operations';
export {
  convolvedLength,
  type Build,
  type ConvolutionOptions,
  type DepthwiseOptions,
  type Layers,
  type PaddingMode,
} from './layers';
export {
  fused,
  FUSION_RULES,
  isFusionName,
  isProblem,
  resolveLayer,
  type ExplainedLayer,
  type FusionRule,
} from './fusedLayers';
export { parameterGroups, type ParameterGroup } from './groups';
export * from './network';
export { findTargetLayer } from './targetLayers';

/**
 * By timm's names where it has them: first those for 32×32 images. Of networks with the same names and shapes, a file is
 * taken for the first unless something says otherwise.
 */
const ARCHITECTURES = {
  ...RESNETS_FOR_CIFAR,
  resnet20: cifarResnet(20),
  resnet32: cifarResnet(32),
  resnet44: cifarResnet(44),
  resnet56: cifarResnet(56),
  resnet20_projection: cifarResnetWithProjection(20),
  resnet32_projection: cifarResnetWithProjection(32),
  resnet44_projection: cifarResnetWithProjection(44),
  resnet56_projection: cifarResnetWithProjection(56),
  vgg11_bn_cifar: cifarVgg(11),
  vgg13_bn_cifar: cifarVgg(13),
  vgg16_bn_cifar: cifarVgg(16),
  vgg19_bn_cifar: cifarVgg(19),
  ...EFFICIENTNETS,
  ...RESNETS,
  ...MOBILENETS_V2,
  ...MOBILENETS_V3,
  ...DENSENETS,
  ...REGNETS,
  ...CONVNEXTS,
  ...VGGS,
} as const satisfies Readonly<Record<string, Architecture>>;

export type ArchitectureName = keyof typeof ARCHITECTURES;
export const ARCHITECTURE_NAMES = Object.keys(ARCHITECTURES) as [ArchitectureName, ...ArchitectureName[]];

export function architecture(name: ArchitectureName): Architecture {
  return ARCHITECTURES[name];
}

/** What a study calls its network. */
export type NetworkName = ArchitectureName | typeof FILE_NETWORK;
export type NamedNetwork = NetworkNamed<ArchitectureName>;
/** What a model is of: an architecture that is known by its name, or a graph that was read from a file. */
export type Network = NamedNetwork | FileNetwork;

export function namedNetwork(name: ArchitectureName): NamedNetwork {
  return { name, architecture: architecture(name) };
}

/** The architecture of a name, or of what model hubs call it; undefined where there is none. */
export function architectureCalled(name: string): ArchitectureName | undefined {
  return (
    ARCHITECTURE_NAMES.find((each) => each === name) ??
    ARCHITECTURE_NAMES.find((each) => architecture(each).aliases.includes(name))
  );
}

let byLandmark: ReadonlyMap<string, readonly ArchitectureName[]> | undefined;

/** Which architectures a tensor of a state dict may be of, by its name without a prefix; undefined of all but landmarks. */
export function architecturesByLandmark(tensor: string): readonly ArchitectureName[] | undefined {
  byLandmark ??= landmarks();
  return byLandmark.get(tensor);
}

function landmarks(): ReadonlyMap<string, readonly ArchitectureName[]> {
  const found = new Map<string, ArchitectureName[]>();
  for (const name of ARCHITECTURE_NAMES) {
    for (const landmark of architecture(name).landmarks) {
      const known = found.get(landmark);
      if (known === undefined) found.set(landmark, [name]);
      else known.push(name);
    }
  }
  return found;
}

/** What an architecture is made of, and how large its feature maps are at an input size. */
export function declareArchitecture(name: ArchitectureName, inputSize: number, classes: number): Declaration {
  return declare(architecture(name), inputSize, classes);
}

/** "the names and shapes of resnet18_cifar are also those of …"; undefined where no other such network is known. */
export function lookAlikeText(name: ArchitectureName): string | undefined {
  const { lookAlike } = architecture(name);
  return lookAlike && `the names and shapes of ${name} are also those of ${lookAlike}`;
}
