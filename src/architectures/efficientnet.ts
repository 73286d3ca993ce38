/** EfficientNet (Tan and Le 2019) as timm and torchvision have it, and `tf_`, whose weights come from TensorFlow. */
import type { Architecture, Initialiser, PublishedWeights, TensorDeclaration } from './architecture';
import { fanOut, onesAndZeros } from './initialise';
import type { Layers } from './layers';
import { createdBy } from './library';
import {
  depthwiseSeparable,
  invertedResidual,
  roundedChannels,
  type BlockStyle,
  type MobileBlock,
} from './mobileBlocks';
import { moduleInBlock, tensorNaming } from './mobileNaming';

interface Size {
  readonly width: number;
  readonly depth: number;
  readonly inputSize: number;
  /** Of parameters, with 10 classes. */
  readonly millions: string;
}

const SIZES = {
  b0: { width: 1, depth: 1, inputSize: 224, millions: '4.0' },
  b1: { width: 1, depth: 1.1, inputSize: 240, millions: '6.5' },
  b2: { width: 1.1, depth: 1.2, inputSize: 256, millions: '7.7' },
  b3: { width: 1.2, depth: 1.4, inputSize: 288, millions: '10.7' },
  b4: { width: 1.4, depth: 1.8, inputSize: 320, millions: '17.6' },
} as const satisfies Readonly<Record<string, Size>>;
type SizeName = keyof typeof SIZES;

/** Of the weights from TensorFlow. */
const TF_INPUT_SIZES: Readonly<Record<SizeName, number>> = { b0: 224, b1: 240, b2: 260, b3: 300, b4: 380 };

/** Inverted residuals with squeeze-and-excitation: table 1, of B0, by which the others are scaled. */
const STAGES = [
  { repeats: 1, kernel: 3, stride: 1, expansion: 1, channels: 16 },
  { repeats: 2, kernel: 3, stride: 2, expansion: 6, channels: 24 },
  { repeats: 2, kernel: 5, stride: 2, expansion: 6, channels: 40 },
  { repeats: 3, kernel: 3, stride: 2, expansion: 6, channels: 80 },
  { repeats: 3, kernel: 5, stride: 1, expansion: 6, channels: 112 },
  { repeats: 4, kernel: 5, stride: 2, expansion: 6, channels: 192 },
  { repeats: 1, kernel: 3, stride: 1, expansion: 6, channels: 320 },
];
const STEM_CHANNELS = 32;
const HEAD_CHANNELS = 1280;

const STYLE: BlockStyle = { epsilon: 1e-5, padding: 'symmetric', gate: 'sigmoid', squeezeActivation: 'silu' };
/** As TensorFlow pads, and by its epsilon. */
const TF_STYLE: BlockStyle = { ...STYLE, epsilon: 1e-3, padding: 'same' };

const LANDMARKS = ['blocks.0.0.se.conv_reduce.weight', 'blocks.6.0.conv_pwl.weight'];
const TORCHVISION_LANDMARKS = ['features.1.0.block.1.fc1.weight', 'features.7.0.block.3.0.weight'];

function efficientnet(name: SizeName, imagenet?: PublishedWeights): Architecture {
  const { inputSize, millions } = SIZES[name];
  return {
    ...shared(name, STYLE),
    description: `EfficientNet-${name.toUpperCase()}: ${millions} million parameters, made for ${inputSize}×${inputSize}`,
    inputSize,
    namings: [{ name: 'torchvision', rename: tensorNaming(torchvisionModule) }],
    landmarks: [...LANDMARKS, ...TORCHVISION_LANDMARKS],
    aliases: [`efficientnet-${name}`],
    lookAlike: `tf_efficientnet_${name}, which pads as TensorFlow does and has another epsilon`,
    ...(imagenet && { imagenet }),
    python: (library, classes) => createdBy(library, `efficientnet_${name}`, classes),
  };
}

function tfEfficientnet(name: SizeName): Architecture {
  const inputSize = TF_INPUT_SIZES[name];
  return {
    ...shared(name, TF_STYLE),
    description: `EfficientNet-${name.toUpperCase()} with TensorFlow’s padding and epsilon, made for ${inputSize}×${inputSize}`,
    inputSize,
    namings: [],
    landmarks: LANDMARKS,
    aliases: [],
    lookAlike: `efficientnet_${name}, which pads symmetrically and has another epsilon`,
    python: (library, classes) =>
      library === 'timm' ? createdBy(library, `tf_efficientnet_${name}`, classes) : undefined,
  };
}

function shared(
  name: SizeName,
  style: BlockStyle,
): Pick<Architecture, 'build' | 'head' | 'initialise' | 'tensorCount'> {
  return {
    build: (layers, images, classes) => build(layers, images, classes, SIZES[name], style),
    head: 'gapLinear',
    initialise,
    tensorCount: tensorCountOf(SIZES[name]),
  };
}

/** Blocks have two or three convolutions with batch norms, and two that squeeze and excite; outside are two, and a classifier. */
function tensorCountOf({ depth }: Size): number {
  const inBlocks = STAGES.reduce(
    (sum, { repeats, expansion }) => sum + Math.ceil(repeats * depth) * (expansion === 1 ? 14 : 19),
    0,
  );
  return inBlocks + 2 * 5 + 2;
}

export const EFFICIENTNETS = {
  efficientnet_b0: efficientnet('b0', {
    repository: 'timm/efficientnet_b0.ra_in1k',
    file: 'model.safetensors',
    revision: '1b5383e5f79cc0f7fc067e372f8f26a5fa73f26a',
    bytes: 21_355_344,
    sha256: 'd569899762ea9b1384ee07f4af64805cf8caa1c55f9253ebb1080dc40e87a2cd',
    cropFraction: 0.875,
  }),
  efficientnet_b1: efficientnet('b1'),
  efficientnet_b2: efficientnet('b2'),
  efficientnet_b3: efficientnet('b3'),
  efficientnet_b4: efficientnet('b4'),
  tf_efficientnet_b0: tfEfficientnet('b0'),
  tf_efficientnet_b1: tfEfficientnet('b1'),
  tf_efficientnet_b2: tfEfficientnet('b2'),
  tf_efficientnet_b3: tfEfficientnet('b3'),
  tf_efficientnet_b4: tfEfficientnet('b4'),
};

/** timm's `_init_weight_goog`: fan-out for convolutions, U(±1/√classes) for the classifier, zero biases. */
function initialise(tensor: TensorDeclaration): Initialiser {
  if (tensor.role === 'convolution' || tensor.role === 'depthwise') return fanOut(tensor);
  if (tensor.role === 'linear') return { kind: 'uniform', bound: 1 / Math.sqrt(tensor.shape[0] ?? 1) };
  return onesAndZeros(tensor);
}

/** By timm's parameter names. Drop rates are zero, as timm creates it. */
function build<X>(layers: Layers<X>, images: X, classes: number, size: Size, style: BlockStyle): X {
  const { epsilon, padding } = style;
  const scaled = (channels: number): number => roundedChannels(channels * size.width);
  let channels = scaled(STEM_CHANNELS);
  let x = layers.conv2d('conv_stem', images, { filters: channels, kernel: 3, stride: 2, padding });
  x = layers.targetLayer('bn1', layers.silu(layers.batchNorm('bn1', x, epsilon)));
  STAGES.forEach(({ repeats, kernel, stride, expansion, channels: planned }, index) => {
    const filters = scaled(planned);
    for (let repeat = 0; repeat < Math.ceil(repeats * size.depth); repeat++) {
      const block: MobileBlock = {
        channels,
        expanded: channels * expansion,
        filters,
        kernel,
        stride: repeat === 0 ? stride : 1,
        activation: 'silu',
        // A quarter of the *block's* input channels, not of the expanded ones.
        squeezed: Math.round(channels / 4),
      };
      const name = `blocks.${index}.${repeat}`;
      const made = expansion === 1 ? depthwiseSeparable : invertedResidual;
      x = layers.targetLayer(name, made(layers, name, x, block, style));
      channels = filters;
    }
  });
  x = layers.conv2d('conv_head', x, { filters: scaled(HEAD_CHANNELS), kernel: 1 });
  x = layers.targetLayer('bn2', layers.silu(layers.batchNorm('bn2', x, epsilon)));
  return layers.classify('classifier', x, classes);
}

const OUTSIDE: Readonly<Record<string, string>> = {
  conv_stem: 'features.0.0',
  bn1: 'features.0.1',
  conv_head: 'features.8.0',
  bn2: 'features.8.1',
  classifier: 'classifier.1',
};

function torchvisionModule(name: string): string {
  const [, stage, repeat, module = ''] = /^blocks\.(\d)\.(\d+)\.(.+)$/.exec(name) ?? [];
  if (stage === undefined || repeat === undefined) return OUTSIDE[name] ?? name;
  return `features.${Number(stage) + 1}.${repeat}.block.${moduleInBlock(module, stage !== '0', true)}`;
}
