/** MobileNetV2 (Sandler et al. 2018) at width 1, as timm and torchvision have it. */
import type { Architecture, Initialiser, TensorDeclaration } from './architecture';
import { constant, fanOut, normal, onesAndZeros } from './initialise';
import type { Layers } from './layers';
import { createdBy } from './library';
import { depthwiseSeparable, invertedResidual, type BlockStyle } from './mobileBlocks';
import { tensorNaming } from './mobileNaming';

/** Table 2: expansion, channels, repeats and stride. */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;
const STEM_CHANNELS = 32;
const HEAD_CHANNELS = 1280;
const STYLE: BlockStyle = { epsilon: 1e-5, padding: 'symmetric', gate: 'sigmoid', squeezeActivation: 'relu6' };

export const MOBILENETS_V2 = {
  mobilenetv2_100: {
    build,
    description: 'MobileNetV2: 2.2 million parameters, made for 224×224',
    inputSize: 224,
    head: 'gapLinear',
    initialise,
    namings: [{ name: 'torchvision', rename: tensorNaming(torchvisionModule) }],
    tensorCount: 262,
    landmarks: [
      'blocks.0.0.conv_dw.weight',
      'blocks.6.0.conv_pwl.weight',
      'features.1.conv.0.0.weight',
      'features.17.conv.0.0.weight',
    ],
    aliases: ['mobilenet_v2', 'mobilenetv2'],
    python: (library, classes) => createdBy(library, library === 'timm' ? 'mobilenetv2_100' : 'mobilenet_v2', classes),
  },
} as const satisfies Readonly<Record<string, Architecture>>;

/** torchvision's: fan-out for convolutions, N(0, 0.01) for the classifier, zero biases. */
function initialise(tensor: TensorDeclaration): Initialiser {
  if (tensor.role === 'convolution' || tensor.role === 'depthwise') return fanOut(tensor);
  if (tensor.role === 'linear') return normal(0.01);
  return tensor.role === 'bias' ? constant(0) : onesAndZeros(tensor);
}

function build<X>(layers: Layers<X>, images: X, classes: number): X {
  let x = layers.conv2d('conv_stem', images, { filters: STEM_CHANNELS, kernel: 3, stride: 2 });
  x = layers.targetLayer('bn1', layers.relu6(layers.batchNorm('bn1', x)));
  let channels = STEM_CHANNELS;
  STAGES.forEach(([expansion, filters, repeats, stride], index) => {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const name = `blocks.${index}.${repeat}`;
      const made = expansion === 1 ? depthwiseSeparable : invertedResidual;
      const block = {
        channels,
        expanded: channels * expansion,
        filters,
        kernel: 3,
        stride: repeat === 0 ? stride : 1,
        activation: 'relu6',
        squeezed: 0,
      } as const;
      x = layers.targetLayer(name, made(layers, name, x, block, STYLE));
      channels = filters;
    }
  });
  x = layers.conv2d('conv_head', x, { filters: HEAD_CHANNELS, kernel: 1 });
  x = layers.targetLayer('bn2', layers.relu6(layers.batchNorm('bn2', x)));
  return layers.classify('classifier', x, classes);
}

const OUTSIDE: Readonly<Record<string, string>> = {
  conv_stem: 'features.0.0',
  bn1: 'features.0.1',
  conv_head: 'features.18.0',
  bn2: 'features.18.1',
  classifier: 'classifier.1',
};
const IN_FIRST_BLOCK: Readonly<Record<string, string>> = { conv_dw: '0.0', bn1: '0.1', conv_pw: '1', bn2: '2' };
const IN_BLOCK: Readonly<Record<string, string>> = {
  conv_pw: '0.0',
  bn1: '0.1',
  conv_dw: '1.0',
  bn2: '1.1',
  conv_pwl: '2',
  bn3: '3',
};

/** torchvision numbers blocks through, and the first is module 1. */
function torchvisionModule(name: string): string {
  const [, stage, repeat, module = ''] = /^blocks\.(\d)\.(\d)\.(.+)$/.exec(name) ?? [];
  if (stage === undefined) return OUTSIDE[name] ?? name;
  const before = STAGES.slice(0, Number(stage)).reduce((sum, [, , repeats]) => sum + repeats, 0);
  const inBlock = (stage === '0' ? IN_FIRST_BLOCK : IN_BLOCK)[module] ?? module;
  return `features.${before + Number(repeat) + 1}.conv.${inBlock}`;
}
