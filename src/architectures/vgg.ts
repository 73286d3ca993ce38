/**
 * VGG (Simonyan and Zisserman 2014), with and without batch norm, as timm and torchvision have it. Its two dropouts play no part
 * in inference; training here leaves them out.
 */
import type { Architecture, Initialiser, TensorDeclaration } from './architecture';
import { constant, fanOut, normal, onesAndZeros } from './initialise';
import type { Layers } from './layers';
import { createdBy } from './library';
import { featuresOf, featureTensors, stageOfFeatures, VGG_CONVOLUTIONS, type Depth } from './vggFeatures';

const MILLIONS: Readonly<Record<Depth, string>> = { 11: '128.8', 13: '129.0', 16: '134.3', 19: '139.6' };
const HIDDEN = 4096;
/** Positions a side that the linear layers have weights for. */
const SIDE = 7;

function vgg(depth: Depth, hasBatchNorm: boolean): Architecture {
  const convolutions = VGG_CONVOLUTIONS[depth];
  const name = `vgg${depth}${hasBatchNorm ? '_bn' : ''}`;
  return {
    build: (layers, images, classes) => build(layers, images, classes, convolutions, hasBatchNorm),
    description: `VGG-${depth} ${hasBatchNorm ? 'with' : 'without'} batch norm: ${MILLIONS[depth]} million parameters, made for 224×224`,
    inputSize: 224,
    // Of eight positions a side and more timm and torchvision make different things.
    largestInputSize: 255,
    head: 'other',
    initialise,
    stageOf: (tensor) => stageOfFeatures(tensor, convolutions, hasBatchNorm),
    namings: [{ name: 'torchvision', rename: torchvisionName, shapeOf: torchvisionShape }],
    tensorCount: featureTensors(convolutions, hasBatchNorm) + 6,
    landmarks: ['features.0.weight', 'pre_logits.fc1.weight', 'classifier.3.weight'],
    aliases: [],
    python: (library, classes) => createdBy(library, name, classes),
  };
}

export const VGGS = {
  vgg11: vgg(11, false),
  vgg13: vgg(13, false),
  vgg16: vgg(16, false),
  vgg19: vgg(19, false),
  vgg11_bn: vgg(11, true),
  vgg13_bn: vgg(13, true),
  vgg16_bn: vgg(16, true),
  vgg19_bn: vgg(19, true),
};

function build<X>(
  layers: Layers<X>,
  images: X,
  classes: number,
  convolutions: readonly number[],
  hasBatchNorm: boolean,
): X {
  let x = featuresOf(layers, images, convolutions, { hasBatchNorm, looksAtLastPool: true });
  x = layers.adaptiveAveragePool(x, SIDE);
  const wide = { filters: HIDDEN, kernel: SIDE, padding: 'none', bias: true } as const;
  x = layers.relu(layers.conv2d('pre_logits.fc1', x, wide));
  x = layers.relu(layers.conv2d('pre_logits.fc2', x, { filters: HIDDEN, kernel: 1, bias: true }));
  return layers.linear('head.fc', layers.flatten(x), classes);
}

/** torchvision's: fan-out for convolutions, N(0, 0.01) for linear layers, zero biases. */
function initialise(tensor: TensorDeclaration): Initialiser {
  if (tensor.role === 'linear' || tensor.name.startsWith('pre_logits.')) {
    return tensor.role === 'bias' ? constant(0) : normal(0.01);
  }
  if (tensor.role === 'convolution') return fanOut(tensor);
  return tensor.role === 'bias' ? constant(0) : onesAndZeros(tensor);
}

function torchvisionName(tensor: string): string {
  return tensor
    .replace(/^pre_logits\.fc1\./, 'classifier.0.')
    .replace(/^pre_logits\.fc2\./, 'classifier.3.')
    .replace(/^head\.fc\./, 'classifier.6.');
}

/** Convolutions over all that there is are linear layers there. */
function torchvisionShape({ name, shape }: TensorDeclaration): readonly number[] {
  const [outputs = 0, ...inner] = shape;
  if (!/^pre_logits\.fc\d\.weight$/.test(name)) return shape;
  return [outputs, inner.reduce((a, b) => a * b, 1)];
}
