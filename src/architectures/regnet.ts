/** RegNet (Radosavovic et al. 2020), X and with squeeze-and-excitation Y, as timm and torchvision have them. */
import type { Architecture, Initialiser, TensorDeclaration } from './architecture';
import { constant, fanOut, normal, onesAndZeros } from './initialise';
import type { Layers } from './layers';
import { createdBy } from './library';
import { tensorNaming } from './mobileNaming';

type Four = readonly [number, number, number, number];

interface Size {
  /** In each of the four stages. */
  readonly blocks: Four;
  readonly channels: Four;
  /** Channels of a group, or as many as the stage has where these are fewer. */
  readonly group: number;
  /** Of parameters, with 10 classes. */
  readonly millions: string;
  /** torchvision's name, where it has it. */
  readonly torchvision?: string;
}

const STEM_CHANNELS = 32;

function regnet(name: string, size: Size): Architecture {
  const { torchvision, millions } = size;
  const squeezes = name.startsWith('regnety');
  const end = size.blocks[3];
  const landmarks = ['s1.b1.conv1.conv.weight', `s4.b${end}.conv3.conv.weight`];
  const others = ['trunk_output.block1.block1-0.f.a.0.weight', `trunk_output.block4.block4-${end - 1}.f.c.0.weight`];
  return {
    build: (layers, images, classes) => build(layers, images, classes, size, squeezes),
    description: `RegNet-${squeezes ? 'Y' : 'X'} ${flops(name)}: ${millions} million parameters, made for 224×224`,
    inputSize: 224,
    head: 'gapLinear',
    initialise,
    stageOf: (tensor) => /^(s\d)\./.exec(tensor)?.[1],
    namings: [{ name: 'torchvision', rename: tensorNaming(torchvisionModule) }],
    tensorCount: 5 + size.blocks.reduce((sum, count) => sum + count * (squeezes ? 19 : 15), 0) + 5 * 4 + 2,
    landmarks: [...landmarks, ...others],
    aliases: torchvision === undefined ? [] : [torchvision],
    python: (library, classes) => {
      const own = library === 'timm' ? name : torchvision;
      return own === undefined ? undefined : createdBy(library, own, classes);
    },
  };
}

/** "400 MF", "1.6 GF": what an image of 224×224 takes, as its names say it in hundreds. */
function flops(name: string): string {
  const hundreds = Number(/\d+/.exec(name)?.[0]);
  return hundreds < 10 ? `${hundreds}00 MF` : `${hundreds / 10} GF`;
}

/** By timm's names; `tv` are torchvision's, where the two round channels to groups in other ways. */
export const REGNETS = {
  regnetx_002: regnet('regnetx_002', {
    blocks: [1, 1, 4, 7],
    channels: [24, 56, 152, 368],
    group: 8,
    millions: '2.3',
  }),
  regnetx_004: regnet('regnetx_004', {
    blocks: [1, 2, 7, 12],
    channels: [32, 64, 160, 384],
    group: 16,
    millions: '4.8',
  }),
  regnetx_004_tv: regnet('regnetx_004_tv', {
    blocks: [1, 2, 7, 12],
    channels: [32, 64, 160, 400],
    group: 16,
    millions: '5.1',
    torchvision: 'regnet_x_400mf',
  }),
  regnetx_006: regnet('regnetx_006', {
    blocks: [1, 3, 5, 7],
    channels: [48, 96, 240, 528],
    group: 24,
    millions: '5.7',
  }),
  regnetx_008: regnet('regnetx_008', {
    blocks: [1, 3, 7, 5],
    channels: [64, 128, 288, 672],
    group: 16,
    millions: '6.6',
    torchvision: 'regnet_x_800mf',
  }),
  regnetx_016: regnet('regnetx_016', {
    blocks: [2, 4, 10, 2],
    channels: [72, 168, 408, 912],
    group: 24,
    millions: '8.3',
    torchvision: 'regnet_x_1_6gf',
  }),
  regnetx_032: regnet('regnetx_032', {
    blocks: [2, 6, 15, 2],
    channels: [96, 192, 432, 1008],
    group: 48,
    millions: '14.3',
    torchvision: 'regnet_x_3_2gf',
  }),
  regnetx_040: regnet('regnetx_040', {
    blocks: [2, 5, 14, 2],
    channels: [80, 240, 560, 1360],
    group: 40,
    millions: '20.8',
  }),
  regnetx_064: regnet('regnetx_064', {
    blocks: [2, 4, 10, 1],
    channels: [168, 392, 784, 1624],
    group: 56,
    millions: '24.6',
  }),
  regnetx_080: regnet('regnetx_080', {
    blocks: [2, 5, 15, 1],
    channels: [80, 240, 720, 1920],
    group: 120,
    millions: '37.7',
    torchvision: 'regnet_x_8gf',
  }),
  regnetx_120: regnet('regnetx_120', {
    blocks: [2, 5, 11, 1],
    channels: [224, 448, 896, 2240],
    group: 112,
    millions: '43.9',
  }),
  regnetx_160: regnet('regnetx_160', {
    blocks: [2, 6, 13, 1],
    channels: [256, 512, 896, 2048],
    group: 128,
    millions: '52.3',
    torchvision: 'regnet_x_16gf',
  }),
  regnetx_320: regnet('regnetx_320', {
    blocks: [2, 7, 13, 1],
    channels: [336, 672, 1344, 2520],
    group: 168,
    millions: '105.3',
    torchvision: 'regnet_x_32gf',
  }),
  regnety_002: regnet('regnety_002', {
    blocks: [1, 1, 4, 7],
    channels: [24, 56, 152, 368],
    group: 8,
    millions: '2.8',
  }),
  regnety_004: regnet('regnety_004', {
    blocks: [1, 3, 6, 6],
    channels: [48, 104, 208, 440],
    group: 8,
    millions: '3.9',
    torchvision: 'regnet_y_400mf',
  }),
  regnety_006: regnet('regnety_006', {
    blocks: [1, 3, 7, 4],
    channels: [48, 112, 256, 608],
    group: 16,
    millions: '5.5',
  }),
  regnety_008: regnet('regnety_008', {
    blocks: [1, 3, 8, 2],
    channels: [64, 128, 320, 768],
    group: 16,
    millions: '5.5',
  }),
  regnety_008_tv: regnet('regnety_008_tv', {
    blocks: [1, 3, 8, 2],
    channels: [64, 144, 320, 784],
    group: 16,
    millions: '5.7',
    torchvision: 'regnet_y_800mf',
  }),
  regnety_016: regnet('regnety_016', {
    blocks: [2, 6, 17, 2],
    channels: [48, 120, 336, 888],
    group: 24,
    millions: '10.3',
    torchvision: 'regnet_y_1_6gf',
  }),
  regnety_032: regnet('regnety_032', {
    blocks: [2, 5, 13, 1],
    channels: [72, 216, 576, 1512],
    group: 24,
    millions: '17.9',
    torchvision: 'regnet_y_3_2gf',
  }),
  regnety_040: regnet('regnety_040', {
    blocks: [2, 6, 12, 2],
    channels: [128, 192, 512, 1088],
    group: 64,
    millions: '19.6',
  }),
  regnety_064: regnet('regnety_064', {
    blocks: [2, 7, 14, 2],
    channels: [144, 288, 576, 1296],
    group: 72,
    millions: '29.3',
  }),
  regnety_080: regnet('regnety_080', {
    blocks: [2, 4, 10, 1],
    channels: [168, 448, 896, 2016],
    group: 56,
    millions: '37.2',
  }),
  regnety_080_tv: regnet('regnety_080_tv', {
    blocks: [2, 4, 10, 1],
    channels: [224, 448, 896, 2016],
    group: 56,
    millions: '37.4',
    torchvision: 'regnet_y_8gf',
  }),
  regnety_120: regnet('regnety_120', {
    blocks: [2, 5, 11, 1],
    channels: [224, 448, 896, 2240],
    group: 112,
    millions: '49.6',
  }),
  regnety_160: regnet('regnety_160', {
    blocks: [2, 4, 11, 1],
    channels: [224, 448, 1232, 3024],
    group: 112,
    millions: '80.6',
    torchvision: 'regnet_y_16gf',
  }),
  regnety_320: regnet('regnety_320', {
    blocks: [2, 5, 12, 1],
    channels: [232, 696, 1392, 3712],
    group: 232,
    millions: '141.4',
    torchvision: 'regnet_y_32gf',
  }),
};

/** timm's: fan-out for convolutions, N(0, 0.01) for the classifier, zero scale at each block's end. */
function initialise(tensor: TensorDeclaration): Initialiser {
  if (tensor.role === 'convolution') return fanOut(tensor);
  if (tensor.role === 'linear') return normal(0.01);
  if (tensor.role === 'bias' || tensor.name.endsWith('.conv3.bn.weight')) return constant(0);
  return onesAndZeros(tensor);
}

function build<X>(layers: Layers<X>, images: X, classes: number, size: Size, squeezes: boolean): X {
  let x = layers.conv2d('stem.conv', images, { filters: STEM_CHANNELS, kernel: 3, stride: 2 });
  x = layers.targetLayer('stem', layers.relu(layers.batchNorm('stem.bn', x)));
  let channels = STEM_CHANNELS;
  size.blocks.forEach((count, stage) => {
    const filters = size.channels[stage] ?? 0;
    for (let at = 0; at < count; at++) {
      const name = `s${stage + 1}.b${at + 1}`;
      const groups = filters / Math.min(size.group, filters);
      const squeezed = squeezes ? roundedHalfEven(channels / 4) : 0;
      const block = { channels, filters, groups, squeezed, stride: at === 0 ? 2 : 1 };
      x = layers.targetLayer(name, bottleneck(layers, name, x, block));
      channels = filters;
    }
  });
  return layers.classify('head.fc', x, classes);
}

interface Block {
  readonly channels: number;
  readonly filters: number;
  readonly groups: number;
  /** Channels between the convolutions of squeeze-and-excitation; 0 without one. */
  readonly squeezed: number;
  readonly stride: number;
}

/** Of as many channels within as behind it; squeeze-and-excitation follows the 3×3 convolution. */
function bottleneck<X>(layers: Layers<X>, name: string, x: X, block: Block): X {
  const { channels, filters, groups, squeezed, stride } = block;
  let y = layers.conv2d(`${name}.conv1.conv`, x, { filters, kernel: 1 });
  y = layers.relu(layers.batchNorm(`${name}.conv1.bn`, y));
  y = layers.conv2d(`${name}.conv2.conv`, y, { filters, kernel: 3, stride, groups });
  y = layers.relu(layers.batchNorm(`${name}.conv2.bn`, y));
  if (squeezed > 0) {
    let s = layers.conv2d(`${name}.se.fc1`, layers.spatialMean(y), { filters: squeezed, kernel: 1, bias: true });
    s = layers.conv2d(`${name}.se.fc2`, layers.relu(s), { filters, kernel: 1, bias: true });
    y = layers.scaleChannels(y, layers.sigmoid(s));
  }
  y = layers.conv2d(`${name}.conv3.conv`, y, { filters, kernel: 1 });
  y = layers.batchNorm(`${name}.conv3.bn`, y);
  if (stride === 1 && channels === filters) return layers.relu(layers.add(y, x));
  const shortcut = layers.conv2d(`${name}.downsample.conv`, x, { filters, kernel: 1, stride });
  return layers.relu(layers.add(y, layers.batchNorm(`${name}.downsample.bn`, shortcut)));
}

/** As Python's `round` does it. */
function roundedHalfEven(value: number): number {
  const below = Math.floor(value);
  return value - below === 0.5 ? below + (below % 2) : Math.round(value);
}

const OUTSIDE: Readonly<Record<string, string>> = { 'stem.conv': 'stem.0', 'stem.bn': 'stem.1', 'head.fc': 'fc' };
const IN_BLOCK: Readonly<Record<string, string>> = {
  'conv1.conv': 'f.a.0',
  'conv1.bn': 'f.a.1',
  'conv2.conv': 'f.b.0',
  'conv2.bn': 'f.b.1',
  'conv3.conv': 'f.c.0',
  'conv3.bn': 'f.c.1',
  'se.fc1': 'f.se.fc1',
  'se.fc2': 'f.se.fc2',
  'downsample.conv': 'proj.0',
  'downsample.bn': 'proj.1',
};

function torchvisionModule(name: string): string {
  const [, stage, block, module = ''] = /^s(\d)\.b(\d+)\.(.+)$/.exec(name) ?? [];
  if (stage === undefined) return OUTSIDE[name] ?? name;
  return `trunk_output.block${stage}.block${stage}-${Number(block) - 1}.${IN_BLOCK[module] ?? module}`;
}
