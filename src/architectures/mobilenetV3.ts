/**
 * MobileNetV3 (Howard et al. 2019) at width 1. timm's and torchvision's compute different things by the same weights: their
 * batch norms have epsilons of 1e-5 and 1e-3. timm's `tf_` has TensorFlow's padding besides.
 */
import type { Architecture, Initialiser, TensorDeclaration } from './architecture';
import { constant, fanOut, normal, onesAndZeros } from './initialise';
import type { Activation, Layers } from './layers';
import { createdBy } from './library';
import {
  depthwiseSeparable,
  invertedResidual,
  roundedChannels,
  type BlockStyle,
  type MobileBlock,
} from './mobileBlocks';
import { moduleInBlock } from './mobileNaming';
import { renamed } from './renamed';

/** Kernel, expanded channels, channels, whether it squeezes and excites, activation, stride. */
type Row = readonly [kernel: number, expanded: number, filters: number, squeezes: boolean, Activation, stride: number];
type SizeName = 'large' | 'small';

/** Tables 1 and 2, by the stages into which timm puts them. */
const STAGES: Readonly<Record<SizeName, readonly (readonly Row[])[]>> = {
  large: [
    [[3, 16, 16, false, 'relu', 1]],
    [
      [3, 64, 24, false, 'relu', 2],
      [3, 72, 24, false, 'relu', 1],
    ],
    [
      [5, 72, 40, true, 'relu', 2],
      [5, 120, 40, true, 'relu', 1],
      [5, 120, 40, true, 'relu', 1],
    ],
    [
      [3, 240, 80, false, 'hardSwish', 2],
      [3, 200, 80, false, 'hardSwish', 1],
      [3, 184, 80, false, 'hardSwish', 1],
      [3, 184, 80, false, 'hardSwish', 1],
    ],
    [
      [3, 480, 112, true, 'hardSwish', 1],
      [3, 672, 112, true, 'hardSwish', 1],
    ],
    [
      [5, 672, 160, true, 'hardSwish', 2],
      [5, 960, 160, true, 'hardSwish', 1],
      [5, 960, 160, true, 'hardSwish', 1],
    ],
  ],
  small: [
    [[3, 16, 16, true, 'relu', 2]],
    [
      [3, 72, 24, false, 'relu', 2],
      [3, 88, 24, false, 'relu', 1],
    ],
    [
      [5, 96, 40, true, 'hardSwish', 2],
      [5, 240, 40, true, 'hardSwish', 1],
      [5, 240, 40, true, 'hardSwish', 1],
    ],
    [
      [5, 120, 48, true, 'hardSwish', 1],
      [5, 144, 48, true, 'hardSwish', 1],
    ],
    [
      [5, 288, 96, true, 'hardSwish', 2],
      [5, 576, 96, true, 'hardSwish', 1],
      [5, 576, 96, true, 'hardSwish', 1],
    ],
  ],
};
const STEM_CHANNELS = 16;
const LAST_CHANNELS: Readonly<Record<SizeName, number>> = { large: 960, small: 576 };
const HEAD_CHANNELS: Readonly<Record<SizeName, number>> = { large: 1280, small: 1024 };
const TENSORS: Readonly<Record<SizeName, number>> = { large: 266, small: 210 };
const MILLIONS: Readonly<Record<SizeName, string>> = { large: '4.2', small: '1.5' };

const STYLE: BlockStyle = { epsilon: 1e-5, padding: 'symmetric', gate: 'hardSigmoid', squeezeActivation: 'relu' };
const TORCHVISION_STYLE: BlockStyle = { ...STYLE, epsilon: 1e-3 };
const TF_STYLE: BlockStyle = { ...TORCHVISION_STYLE, padding: 'same' };

type Library = 'timm' | 'torchvision';

/** @param library whose names and classifier it has @param more.of what tells it from the others of its size */
function mobilenetV3(
  size: SizeName,
  name: string,
  library: Library,
  style: BlockStyle,
  more: Pick<Architecture, 'aliases' | 'lookAlike'> & { readonly of: string },
): Architecture {
  const { of, ...others } = more;
  const end = STAGES[size].length;
  return {
    ...others,
    build: (layers, images, classes) => {
      if (library === 'timm') return build(layers, images, classes, size, style, library);
      return build(renamed(layers, torchvisionModules(size)), images, classes, size, style, library);
    },
    description: `MobileNetV3 ${size}${of}: ${MILLIONS[size]} million parameters, made for 224×224`,
    inputSize: 224,
    // A convolution follows pooling, or a linear layer.
    head: 'other',
    initialise,
    stageOf: (tensor) => /^(blocks\.\d+|features\.(?!0\.)\d+)\./.exec(tensor)?.[1],
    namings: [],
    tensorCount: TENSORS[size],
    landmarks:
      library === 'timm'
        ? ['blocks.0.0.conv_dw.weight', `blocks.${end}.0.conv.weight`]
        : ['features.1.block.0.0.weight', `features.${blocksBefore(size, end) + 1}.0.weight`],
    python: (asked, classes) => (asked === library ? createdBy(library, name, classes) : undefined),
  };
}

function timmMobilenet(size: SizeName): Architecture {
  const name = `mobilenetv3_${size}_100`;
  const lookAlike = `tf_${name}, which pads as TensorFlow does and has another epsilon`;
  return mobilenetV3(size, name, 'timm', STYLE, { of: ' of timm', aliases: [], lookAlike });
}

function tfMobilenet(size: SizeName): Architecture {
  const name = `mobilenetv3_${size}_100`;
  const lookAlike = `${name}, which pads symmetrically and has another epsilon`;
  return mobilenetV3(size, `tf_${name}`, 'timm', TF_STYLE, {
    of: ' with TensorFlow’s padding and epsilon',
    aliases: [],
    lookAlike,
  });
}

function torchvisionMobilenet(size: SizeName): Architecture {
  return mobilenetV3(size, `mobilenet_v3_${size}`, 'torchvision', TORCHVISION_STYLE, {
    of: ' of torchvision',
    aliases: [`mobilenetv3_${size}`],
  });
}

export const MOBILENETS_V3 = {
  mobilenetv3_large_100: timmMobilenet('large'),
  mobilenetv3_small_100: timmMobilenet('small'),
  tf_mobilenetv3_large_100: tfMobilenet('large'),
  tf_mobilenetv3_small_100: tfMobilenet('small'),
  mobilenet_v3_large: torchvisionMobilenet('large'),
  mobilenet_v3_small: torchvisionMobilenet('small'),
};

/** torchvision's: fan-out for convolutions, N(0, 0.01) for linear layers, zero biases. */
function initialise(tensor: TensorDeclaration): Initialiser {
  if (tensor.role === 'convolution' || tensor.role === 'depthwise') return fanOut(tensor);
  if (tensor.role === 'linear') return normal(0.01);
  return tensor.role === 'bias' ? constant(0) : onesAndZeros(tensor);
}

function build<X>(
  layers: Layers<X>,
  images: X,
  classes: number,
  size: SizeName,
  style: BlockStyle,
  library: Library,
): X {
  const { epsilon, padding } = style;
  let x = layers.conv2d('conv_stem', images, { filters: STEM_CHANNELS, kernel: 3, stride: 2, padding });
  x = layers.targetLayer('bn1', layers.hardSwish(layers.batchNorm('bn1', x, epsilon)));
  let channels = STEM_CHANNELS;
  STAGES[size].forEach((rows, stage) => {
    rows.forEach(([kernel, expanded, filters, squeezes, activation, stride], repeat) => {
      const name = `blocks.${stage}.${repeat}`;
      const squeezed = squeezes ? roundedChannels(expanded / 4) : 0;
      const block: MobileBlock = { channels, expanded, filters, kernel, stride, activation, squeezed };
      const made = stage === 0 ? depthwiseSeparable : invertedResidual;
      x = layers.targetLayer(name, made(layers, name, x, block, style));
      channels = filters;
    });
  });
  const last = `blocks.${STAGES[size].length}.0`;
  x = layers.conv2d(`${last}.conv`, x, { filters: LAST_CHANNELS[size], kernel: 1 });
  x = layers.targetLayer(last, layers.hardSwish(layers.batchNorm(`${last}.bn1`, x, epsilon)));
  const filters = HEAD_CHANNELS[size];
  const pooled = layers.spatialMean(x);
  if (library === 'timm') {
    x = layers.flatten(layers.hardSwish(layers.conv2d('conv_head', pooled, { filters, kernel: 1, bias: true })));
  } else x = layers.hardSwish(layers.linear('conv_head', layers.flatten(pooled), filters));
  return layers.linear('classifier', x, classes);
}

/** Blocks of the stages before one. */
function blocksBefore(size: SizeName, stage: number): number {
  return STAGES[size].slice(0, stage).reduce((sum, rows) => sum + rows.length, 0);
}

/** torchvision numbers blocks through, and the first is module 1. */
function torchvisionModules(size: SizeName): (module: string) => string {
  const stages = STAGES[size];
  const last = blocksBefore(size, stages.length) + 1;
  const outside: Readonly<Record<string, string>> = {
    conv_stem: 'features.0.0',
    bn1: 'features.0.1',
    [`blocks.${stages.length}.0`]: `features.${last}`,
    [`blocks.${stages.length}.0.conv`]: `features.${last}.0`,
    [`blocks.${stages.length}.0.bn1`]: `features.${last}.1`,
    conv_head: 'classifier.0',
    classifier: 'classifier.3',
  };
  return (name) => {
    const own = outside[name];
    if (own !== undefined) return own;
    const [, stage = '', repeat = '', module] = /^blocks\.(\d)\.(\d)(?:\.(.+))?$/.exec(name) ?? [];
    const features = `features.${blocksBefore(size, Number(stage)) + Number(repeat) + 1}`;
    if (module === undefined) return features;
    const squeezes = stages[Number(stage)]?.[Number(repeat)]?.[3] === true;
    return `${features}.block.${moduleInBlock(module, stage !== '0', squeezes)}`;
  };
}
