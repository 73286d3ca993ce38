/** The architectures by name. Pure: no tensors, no engine, so that an editor can ask about shapes without one. */
import { cifarResnet } from './cifarResnet';
import { declare, type Declaration, type TensorDeclaration } from './declare';
import { efficientnetB0 } from './efficientnet';
import type { Build } from './layers';
import type { ArchitectureName } from './names';
import { resnet18, resnet18Cifar } from './resnet';

export type { Build, ConvolutionOptions, Layers } from './layers';
export { lookAlikeText } from './lookAlikes';
export { ARCHITECTURE_NAMES, type ArchitectureName } from './names';
export { findTargetLayer } from './stages';
export type { Declaration, TargetLayer, TensorDeclaration, TensorRole } from './declare';

/** How a fresh tensor is drawn. */
export type Initialiser =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly standardDeviation: number }
  | { readonly kind: 'uniform'; readonly bound: number };

interface Architecture {
  readonly build: Build;
  /** The input size it was designed for. */
  readonly inputSize: number;
  readonly initialise: (tensor: TensorDeclaration) => Initialiser;
}

const ARCHITECTURES: Record<ArchitectureName, Architecture> = {
  efficientnet_b0: { build: efficientnetB0, inputSize: 224, initialise: initialiseEfficientnet },
  resnet18: { build: resnet18, inputSize: 224, initialise: initialiseResnet },
  resnet18_cifar: { build: resnet18Cifar, inputSize: 32, initialise: initialiseResnet },
  resnet20: { build: cifarResnet(20), inputSize: 32, initialise: initialiseCifarResnet },
  resnet32: { build: cifarResnet(32), inputSize: 32, initialise: initialiseCifarResnet },
  resnet44: { build: cifarResnet(44), inputSize: 32, initialise: initialiseCifarResnet },
  resnet56: { build: cifarResnet(56), inputSize: 32, initialise: initialiseCifarResnet },
};

export function architecture(name: ArchitectureName): Architecture {
  return ARCHITECTURES[name];
}

/** What an architecture is made of, and how large its feature maps are at an input size. */
export function declareArchitecture(name: ArchitectureName, inputSize: number, classes: number): Declaration {
  return declare(ARCHITECTURES[name].build, inputSize, classes);
}

/** timm's `_init_weight_goog`: fan-out for convolutions (one filter's for depthwise ones), U(±1/√classes), zero biases. */
function initialiseEfficientnet(tensor: TensorDeclaration): Initialiser {
  const [outputs = 1, , height = 1, width = 1] = tensor.shape;
  switch (tensor.role) {
    case 'convolution':
      return normal(Math.sqrt(2 / (outputs * height * width)));
    case 'depthwise':
      return normal(Math.sqrt(2 / (height * width)));
    case 'linear':
      return { kind: 'uniform', bound: 1 / Math.sqrt(outputs) };
    default:
      return initialiseVector(tensor);
  }
}

/** timm's ResNet: He's fan-out for convolutions, PyTorch's default for the classifier, zero scale at each block's end. */
function initialiseResnet(tensor: TensorDeclaration): Initialiser {
  const [outputs = 1, inputs = 1, height = 1, width = 1] = tensor.shape;
  if (tensor.role === 'convolution') return normal(Math.sqrt(2 / (outputs * height * width)));
  if (tensor.role === 'linear') return { kind: 'uniform', bound: 1 / Math.sqrt(inputs) };
  if (tensor.role === 'bias') return defaultBias(tensor);
  if (/^layer\d\.\d\.bn2\.weight$/.test(tensor.name)) return { kind: 'constant', value: 0 };
  return initialiseVector(tensor);
}

/** PyTorch's defaults: U(±1/√fan-in) for convolutions, the classifier and its bias. */
function initialiseCifarResnet(tensor: TensorDeclaration): Initialiser {
  const [, inputs = 1, height = 1, width = 1] = tensor.shape;
  if (tensor.role === 'convolution' || tensor.role === 'linear') {
    return { kind: 'uniform', bound: 1 / Math.sqrt(inputs * height * width) };
  }
  if (tensor.role === 'bias') return defaultBias(tensor);
  return initialiseVector(tensor);
}

function initialiseVector({ role }: TensorDeclaration): Initialiser {
  return { kind: 'constant', value: role === 'scale' || role === 'runningVariance' ? 1 : 0 };
}

/** PyTorch's default for a bias: U(±1/√fan-in). */
function defaultBias({ fanIn = 1 }: TensorDeclaration): Initialiser {
  return { kind: 'uniform', bound: 1 / Math.sqrt(fanIn) };
}

function normal(standardDeviation: number): Initialiser {
  return { kind: 'normal', standardDeviation };
}
