/** ConvNeXt (Liu et al. 2022), as timm and torchvision have it, and as its authors' own files call it. */
import type { Architecture, Initialiser, TensorDeclaration } from './architecture';
import { constant, normal, onesAndZeros } from './initialise';
import type { Layers } from './layers';
import { createdBy } from './library';

interface Size {
  /** In each of the four stages. */
  readonly blocks: readonly number[];
  readonly channels: readonly number[];
  /** Of parameters, with 10 classes. */
  readonly millions: string;
}

const SIZES = {
  tiny: { blocks: [3, 3, 9, 3], channels: [96, 192, 384, 768], millions: '27.8' },
  small: { blocks: [3, 3, 27, 3], channels: [96, 192, 384, 768], millions: '49.5' },
  base: { blocks: [3, 3, 27, 3], channels: [128, 256, 512, 1024], millions: '87.6' },
  large: { blocks: [3, 3, 27, 3], channels: [192, 384, 768, 1536], millions: '196.2' },
} as const satisfies Readonly<Record<string, Size>>;

const EPSILON = 1e-6;
/** Of the channels between a block's linear layers, as many times its own. */
const EXPANSION = 4;
/** What a fresh block's output is multiplied by. */
const LAYER_SCALE = 1e-6;

function convnext(size: keyof typeof SIZES): Architecture {
  const name = `convnext_${size}`;
  return {
    build: (layers, images, classes) => build(layers, images, classes, SIZES[size]),
    description: `ConvNeXt ${size}: ${SIZES[size].millions} million parameters, made for 224×224`,
    inputSize: 224,
    // A layer norm follows pooling.
    head: 'other',
    initialise,
    stageOf: (tensor) => /^(stages\.\d)\./.exec(tensor)?.[1],
    namings: [
      { name: 'torchvision', rename: torchvisionName, shapeOf: torchvisionShape },
      { name: 'ConvNeXt', rename: authorsName },
    ],
    tensorCount: 4 + 9 * SIZES[size].blocks.reduce((sum, count) => sum + count, 0) + 4 * 3 + 4,
    landmarks: [
      'stages.0.blocks.0.conv_dw.weight',
      'stages.3.blocks.2.conv_dw.weight',
      'features.1.0.block.0.weight',
      'features.7.2.block.0.weight',
      'stages.0.0.dwconv.weight',
      'stages.3.2.dwconv.weight',
    ],
    aliases: [],
    python: (library, classes) => createdBy(library, name, classes),
  };
}

export const CONVNEXTS = {
  convnext_tiny: convnext('tiny'),
  convnext_small: convnext('small'),
  convnext_base: convnext('base'),
  convnext_large: convnext('large'),
};

/** timm's: N(0, 0.02) for all weights, zero biases, small layer scales. */
function initialise(tensor: TensorDeclaration): Initialiser {
  if (tensor.role === 'layerScale') return constant(LAYER_SCALE);
  return tensor.shape.length > 1 ? normal(0.02) : onesAndZeros(tensor);
}

function build<X>(layers: Layers<X>, images: X, classes: number, { blocks, channels }: Size): X {
  const patches = { filters: channels[0] ?? 0, kernel: 4, stride: 4, padding: 'none', bias: true } as const;
  let x = layers.layerNorm('stem.1', layers.conv2d('stem.0', images, patches), EPSILON);
  x = layers.targetLayer('stem', x);
  blocks.forEach((count, stage) => {
    const [name, filters] = [`stages.${stage}`, channels[stage] ?? 0];
    if (stage > 0) {
      x = layers.layerNorm(`${name}.downsample.0`, x, EPSILON);
      x = layers.conv2d(`${name}.downsample.1`, x, { filters, kernel: 2, stride: 2, padding: 'none', bias: true });
    }
    for (let at = 0; at < count; at++) {
      const block = `${name}.blocks.${at}`;
      x = layers.targetLayer(block, blockOf(layers, block, x, filters));
    }
  });
  const pooled = layers.layerNorm('head.norm', layers.spatialMean(x), EPSILON);
  return layers.linear('head.fc', layers.flatten(pooled), classes);
}

function blockOf<X>(layers: Layers<X>, name: string, input: X, channels: number): X {
  let x = layers.depthwiseConv2d(`${name}.conv_dw`, input, { kernel: 7, stride: 1, bias: true });
  x = layers.layerNorm(`${name}.norm`, x, EPSILON);
  x = layers.gelu(layers.linearAtPositions(`${name}.mlp.fc1`, x, EXPANSION * channels));
  x = layers.linearAtPositions(`${name}.mlp.fc2`, x, channels);
  return layers.add(layers.scaleBy(`${name}.gamma`, x), input);
}

const TORCHVISION_IN_BLOCK: Readonly<Record<string, string>> = {
  gamma: 'layer_scale',
  conv_dw: 'block.0',
  norm: 'block.2',
  'mlp.fc1': 'block.3',
  'mlp.fc2': 'block.5',
};

/** torchvision's modules alternate: a stage, and what halves the positions before the next. */
function torchvisionName(tensor: string): string {
  const outside = tensor.replace(/^stem\./, 'features.0.').replace(/^head\.norm\./, 'classifier.0.');
  const other = outside
    .replace(/^head\.fc\./, 'classifier.2.')
    .replace(/^stages\.(\d)\.downsample\./, (_, stage: string) => `features.${2 * Number(stage)}.`);
  const [, stage, block, module = '', leaf = ''] =
    /^stages\.(\d)\.blocks\.(\d+)\.(gamma|conv_dw|norm|mlp\.fc[12])(.*)$/.exec(other) ?? [];
  if (stage === undefined) return other;
  return `features.${2 * Number(stage) + 1}.${block}.${TORCHVISION_IN_BLOCK[module]}${leaf}`;
}

function torchvisionShape({ role, shape }: TensorDeclaration): readonly number[] {
  return role === 'layerScale' ? [...shape, 1, 1] : shape;
}

function authorsName(tensor: string): string {
  return tensor
    .replace(/^stem\./, 'downsample_layers.0.')
    .replace(/^stages\.(\d)\.downsample\./, 'downsample_layers.$1.')
    .replace(/^(stages\.\d\.)blocks\./, '$1')
    .replace(/\.conv_dw\./, '.dwconv.')
    .replace(/\.mlp\.fc([12])\./, '.pwconv$1.')
    .replace(/^head\.norm\./, 'norm.')
    .replace(/^head\.fc\./, 'head.');
}
