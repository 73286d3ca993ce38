import type { Architecture, Initialiser, TensorDeclaration } from './architecture';
import { fanOut, onesAndZeros } from './initialise';
import type { Layers } from './layers';
import { createdBy } from './library';

export const efficientnetB0: Architecture = {
  build,
  description: 'EfficientNet-B0: 4.0 million parameters, made for 224×224',
  inputSize: 224,
  head: 'gapLinear',
  initialise,
  namings: [{ name: 'torchvision', rename: torchvisionName }],
  aliases: [],
  lookAlike: 'tf_efficientnet_b0, which pads as TensorFlow does',
  imagenet: {
    repository: 'timm/efficientnet_b0.ra_in1k',
    file: 'model.safetensors',
    revision: '1b5383e5f79cc0f7fc067e372f8f26a5fa73f26a',
    bytes: 21_355_344,
    sha256: 'd569899762ea9b1384ee07f4af64805cf8caa1c55f9253ebb1080dc40e87a2cd',
    cropFraction: 0.875,
  },
  python: (library, classes) => createdBy(library, 'efficientnet_b0', classes),
};

/** timm's `_init_weight_goog`: fan-out for convolutions, U(±1/√classes) for the classifier, zero biases. */
function initialise(tensor: TensorDeclaration): Initialiser {
  if (tensor.role === 'convolution' || tensor.role === 'depthwise') return fanOut(tensor);
  if (tensor.role === 'linear') return { kind: 'uniform', bound: 1 / Math.sqrt(tensor.shape[0] ?? 1) };
  return onesAndZeros(tensor);
}

/** One stage of EfficientNet-B0 (Tan and Le 2019, table 1): inverted residuals with squeeze-and-excitation. */
interface Stage {
  readonly repeats: number;
  readonly kernel: number;
  readonly stride: number;
  readonly expansion: number;
  readonly channels: number;
}

const B0_STAGES: readonly Stage[] = [
  { repeats: 1, kernel: 3, stride: 1, expansion: 1, channels: 16 },
  { repeats: 2, kernel: 3, stride: 2, expansion: 6, channels: 24 },
  { repeats: 2, kernel: 5, stride: 2, expansion: 6, channels: 40 },
  { repeats: 3, kernel: 3, stride: 2, expansion: 6, channels: 80 },
  { repeats: 3, kernel: 5, stride: 1, expansion: 6, channels: 112 },
  { repeats: 4, kernel: 5, stride: 2, expansion: 6, channels: 192 },
  { repeats: 1, kernel: 3, stride: 1, expansion: 6, channels: 320 },
];

/** timm's `efficientnet_b0`, with its parameter names. Drop rates are zero, as timm creates it. */
function build<X>(layers: Layers<X>, images: X, classes: number): X {
  let x = layers.conv2d('conv_stem', images, { filters: 32, kernel: 3, stride: 2 });
  x = layers.targetLayer('bn1', layers.silu(layers.batchNorm('bn1', x)));
  let channels = 32;
  B0_STAGES.forEach((stage, index) => {
    for (let repeat = 0; repeat < stage.repeats; repeat++) {
      const name = `blocks.${index}.${repeat}`;
      const stride = repeat === 0 ? stage.stride : 1;
      const block = stage.expansion === 1 ? depthwiseSeparable : invertedResidual;
      x = layers.targetLayer(name, block(layers, name, x, channels, { ...stage, stride }));
      channels = stage.channels;
    }
  });
  x = layers.conv2d('conv_head', x, { filters: 1280, kernel: 1 });
  x = layers.targetLayer('bn2', layers.silu(layers.batchNorm('bn2', x)));
  return layers.classify('classifier', x, classes);
}

/** Without an expansion: depthwise, squeeze-and-excitation, pointwise. B0 has no residual here (32 → 16 channels). */
function depthwiseSeparable<X>(layers: Layers<X>, name: string, input: X, channels: number, stage: Stage): X {
  let x = layers.depthwiseConv2d(`${name}.conv_dw`, input, stage);
  x = layers.silu(layers.batchNorm(`${name}.bn1`, x));
  x = squeezeExcite(layers, `${name}.se`, x, channels, channels);
  x = layers.conv2d(`${name}.conv_pw`, x, { filters: stage.channels, kernel: 1 });
  return layers.batchNorm(`${name}.bn2`, x);
}

/** Expand, depthwise, squeeze-and-excitation, project; a residual where the shape stays. */
function invertedResidual<X>(layers: Layers<X>, name: string, input: X, channels: number, stage: Stage): X {
  const expanded = channels * stage.expansion;
  let x = layers.conv2d(`${name}.conv_pw`, input, { filters: expanded, kernel: 1 });
  x = layers.silu(layers.batchNorm(`${name}.bn1`, x));
  x = layers.depthwiseConv2d(`${name}.conv_dw`, x, stage);
  x = layers.silu(layers.batchNorm(`${name}.bn2`, x));
  x = squeezeExcite(layers, `${name}.se`, x, expanded, channels);
  x = layers.conv2d(`${name}.conv_pwl`, x, { filters: stage.channels, kernel: 1 });
  x = layers.batchNorm(`${name}.bn3`, x);
  return stage.stride === 1 && channels === stage.channels ? layers.add(x, input) : x;
}

/** The bottleneck is a quarter of the *block's* input channels, not of the expanded ones. */
function squeezeExcite<X>(layers: Layers<X>, name: string, x: X, channels: number, blockChannels: number): X {
  let s = layers.spatialMean(x);
  s = layers.conv2d(`${name}.conv_reduce`, s, { filters: Math.floor(blockChannels / 4), kernel: 1, bias: true });
  s = layers.conv2d(`${name}.conv_expand`, layers.silu(s), { filters: channels, kernel: 1, bias: true });
  return layers.scaleChannels(x, layers.sigmoid(s));
}

/** Of a depthwise-separable block, the first, and of the inverted residuals that follow. */
const FIRST_BLOCK = {
  conv_dw: '0.0',
  bn1: '0.1',
  conv_pw: '2.0',
  bn2: '2.1',
};
const OTHER_BLOCKS = {
  conv_pw: '0.0',
  bn1: '0.1',
  conv_dw: '1.0',
  bn2: '1.1',
  conv_pwl: '3.0',
  bn3: '3.1',
};
const OUTSIDE = {
  conv_stem: 'features.0.0',
  bn1: 'features.0.1',
  conv_head: 'features.8.0',
  bn2: 'features.8.1',
  classifier: 'classifier.1',
};

function torchvisionName(name: string): string {
  const [, stage, repeat, module = '', leaf = ''] = /^(?:blocks\.(\d)\.(\d)\.)?(.+)\.(\w+)$/.exec(name) ?? [];
  if (stage === undefined || repeat === undefined) return `${moduleName(OUTSIDE, module)}.${leaf}`;
  const block = `features.${Number(stage) + 1}.${repeat}.block`;
  const excite = { 'se.conv_reduce': 'fc1', 'se.conv_expand': 'fc2' }[module];
  if (excite !== undefined) return `${block}.${stage === '0' ? 1 : 2}.${excite}.${leaf}`;
  return `${block}.${moduleName(stage === '0' ? FIRST_BLOCK : OTHER_BLOCKS, module)}.${leaf}`;
}

function moduleName(names: Readonly<Record<string, string>>, module: string): string {
  return names[module] ?? module;
}
