/** The network in what training scripts save: found wherever it lies, under its own names, with what the file says. */
import { describe, expect, it } from 'vitest';
import { createModel } from '../../../src/models/model';
import { toStateDict } from '../../../src/models/weights';
import { weightsOf } from '../../../src/weights/checkpoint';
import { contradictedArchitecture } from '../../../src/weights/names/claimedArchitecture';
import { networkIn, type NetworkRequest } from '../../../src/weights/network';
import { parseWeights } from '../../../src/weights/parse';
import { remarksOn } from '../../../src/weights/remarks';
import { FileObject, FileTensor, renamed, stateOf, torchFile, under, type FileState, type Pickled } from './torchFile';

const raw = stateOf(1);
const averaged = stateOf(2);
const model = createModel('resnet20', 32, 10);
const float = (...values: number[]): FileTensor => new FileTensor([values.length], Float32Array.from(values));
const scalar = (value: number): FileTensor => new FileTensor([], Float32Array.of(value));

async function read(value: Pickled, request: NetworkRequest = {}) {
  return networkIn(await parseWeights(torchFile(value), 'w.pth'), 'w.pth', request);
}

function bytesOf(data: FileTensor['data'] = new Float32Array(0)): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/** The file's weights are these, to the bit. */
async function expectWeights(value: Pickled, state: FileState, request: NetworkRequest = {}) {
  const network = await read(value, request);
  expect(network).toMatchObject({ architecture: 'resnet20', classes: 10 });
  const found = toStateDict(model, weightsOf(network, 'w.pth', model));
  const other = [...found].filter(([name, data]) => !bytesOf(data).equals(bytesOf(state[name]?.data)));
  expect(other.map(([name]) => name)).toEqual([]);
  return network;
}

const counts = (value: FileTensor): FileState => ({
  ...raw,
  ...Object.fromEntries(
    Object.keys(raw)
      .filter((name) => name.endsWith('num_batches_tracked'))
      .map((name) => [name, value]),
  ),
});

describe('counts of batches, which play no part', () => {
  it.each<[string, FileTensor, number]>([
    ['a fraction, as averaging leaves it', scalar(390.37), 390],
    ['one element', new FileTensor([1], BigInt64Array.of(391n)), 391],
    ['several elements, of which PyTorch takes the first', float(5, 6), 5],
    ['no number', scalar(NaN), 0],
    ['below nought', scalar(-3), 0],
  ])('%s', async (_, value, count) => {
    const network = await expectWeights(counts(value), raw);
    expect(weightsOf(network, 'w.pth', model).batchCount).toBe(count);
  });
});

describe('averaged weights beside raw ones', () => {
  const ema = { chosen: 'state_dict_ema', others: ['state_dict'] };
  it.each<[string, Pickled, object]>([
    ['timm', { arch: 'resnet20', state_dict: raw, state_dict_ema: averaged }, ema],
    ['model_ema', { model: raw, model_ema: averaged }, { chosen: 'model_ema', others: ['model'] }],
    ['{ema} alone', { epoch: 2, ema: averaged }, { chosen: 'ema', others: [] }],
    ['beside a model that is None', { model: null, ema: averaged, updates: 3 }, { chosen: 'ema', others: [] }],
    [
      'AveragedModel',
      { model: raw, avg: { n_averaged: scalar(3), ...under('module.', averaged) } },
      { chosen: 'avg', others: ['model'] },
    ],
    [
      'a Lightning module of both',
      { state_dict: { ...under('model.', raw), ...under('ema_model.module.', averaged) } },
      { chosen: 'state_dict.ema_model', others: ['state_dict.model'] },
    ],
    [
      'a Lightning callback',
      { state_dict: under('model.', raw), callbacks: { EMA: { ema_state_dict: under('model.', averaged) } } },
      { chosen: 'callbacks.EMA.ema_state_dict', others: ['state_dict'] },
    ],
    [
      'Lightning’s WeightAveraging, which puts them in the state dict’s place',
      { state_dict: under('model.', averaged), current_model_state: under('model.', raw) },
      { chosen: 'state_dict', others: ['current_model_state'] },
    ],
  ])('%s', async (_, value, stateDict) => {
    const network = await expectWeights(value, averaged);
    expect(network.stateDict).toEqual(stateDict);
    expect(remarksOn(network)[0]).toContain((stateDict as { chosen: string }).chosen);
  });

  it('of parameters alone go with the statistics of the raw ones', async () => {
    const shadow = Object.fromEntries(Object.entries(averaged).filter(([name]) => !/running|num_batches/.test(name)));
    const statistics = Object.fromEntries(Object.entries(raw).filter(([name]) => /running/.test(name)));
    await expectWeights({ model: raw, ema: { decay: 0.99, shadow } }, { ...shadow, ...statistics });
  });

  it('are left where a person chooses the raw ones', async () => {
    const both = { state_dict: raw, state_dict_ema: averaged };
    const network = await expectWeights(both, raw, { stateDict: 'state_dict' });
    expect(network.stateDict).toEqual({ chosen: 'state_dict', others: ['state_dict_ema'] });
    const lightning = { state_dict: { ...under('model.', raw), ...under('ema.', averaged) } };
    for (const stateDict of ['model', 'state_dict.model']) await expectWeights(lightning, raw, { stateDict });
    await expect(read(both, { stateDict: 'ema' })).rejects.toThrow(
      /--state-dict: no network under this key: found ema, expected state_dict or state_dict_ema/,
    );
  });

  it('are not taken for others where there is one network only', async () => {
    expect((await expectWeights({ state_dict: raw }, raw)).stateDict).toBeUndefined();
  });
});

describe('more than the network in a state dict', () => {
  it.each<[string, Pickled]>([
    ['a loss', { state_dict: { ...under('model.', raw), 'criterion.weight': float(1, 1) } }],
    ['metrics', { state_dict: { ...under('net.', raw), 'train_acc.tp': scalar(0), 'val_metrics.f1.fp': scalar(0) } }],
    ['both, beside bare names', { ...raw, 'criterion.weight': float(1), 'valid_acc.total': scalar(1) }],
    ['the same network under two names', { ...under('backbone.', raw), ...under('model.', raw) }],
  ])('%s, left out without a word', async (_, value) => {
    expect(remarksOn(await expectWeights(value, raw))).toEqual([]);
  });

  it('what is not known to be harmless is counted', async () => {
    const projector = new FileTensor([4, 4], new Float32Array(16));
    const value = { ...under('encoder.', raw), 'projector.0.weight': projector, 'projector.2.weight': projector };
    const network = await expectWeights(value, raw);
    expect(remarksOn(network)).toEqual([
      '2 tensors beside the network are left out: projector.0.weight, projector.2.weight.',
    ]);
  });

  it('and within the network it is another network', async () => {
    const convolution = new FileTensor([16, 16, 1, 1], new Float32Array(256));
    await expect(read({ ...raw, 'attention.conv.weight': convolution })).rejects.toThrow(
      /nearly resnet20, but with attention\.conv\.weight/,
    );
    await expect(read({ ...raw, 'layer1.0.se.weight': convolution })).rejects.toThrow(/with layer1\.0\.se\.weight/);
  });

  it('a classifier elsewhere is the network’s where it is the only one and nothing lies between', async () => {
    const split = renamed(raw, (name) =>
      name.startsWith('linear.') ? name.replace('linear', 'head.fc') : `body.${name}`,
    );
    await expectWeights({ state_dict: split }, raw);
    const batchNorm = { 'head.bn.weight': float(1), 'head.bn.bias': float(0) };
    await expect(read({ ...split, ...batchNorm })).rejects.toThrow(/nearly resnet20, but without linear\.weight/);
  });
});

describe('prefixes, before names and within', () => {
  it.each(['module.', 'module.module.', '_orig_mod.module.', 'model.model.', 'backbone.', 'encoder.net.', '1.'])(
    '%s',
    async (prefix) => {
      await expectWeights({ model: under(prefix, raw) }, raw);
    },
  );

  it('of wrapped blocks', async () => {
    const within = (name: string): string =>
      name
        .replace(/^layer1\./, 'layer1._orig_mod.')
        .replace(/^layer2\.(\d)\./, 'layer2.$1._checkpoint_wrapped_module.');
    await expectWeights(under('model.', renamed(raw, within)), raw);
  });

  it('pruned weights are the product that they stand for', async () => {
    const name = 'layer1.0.conv1.weight';
    const { shape, data } = raw[name] as FileTensor;
    const mask = new Float32Array(data.length).map((_, at) => at % 2);
    const others = Object.fromEntries(Object.entries(raw).filter(([each]) => each !== name));
    const halves = { [`${name}_orig`]: new FileTensor(shape, data), [`${name}_mask`]: new FileTensor(shape, mask) };
    const product = new FileTensor(
      shape,
      mask.map((share, at) => share * Number(data[at])),
    );
    await expectWeights({ ...others, ...halves }, { ...raw, [name]: product });
  });
});

describe('weight norm', () => {
  const { shape, data } = raw['layer1.0.conv1.weight'] as FileTensor;
  const rows = shape[0] ?? 0;
  const size = data.length / rows;
  const lengths = Float32Array.from({ length: rows }, (_, row) => 0.5 + row);
  const others = Object.fromEntries(Object.entries(raw).filter(([name]) => name !== 'layer1.0.conv1.weight'));
  it.each([
    ['weight_g', 'weight_v'],
    ['parametrizations.weight.original0', 'parametrizations.weight.original1'],
  ])('%s and %s are the weights that they stand for', async (g, v) => {
    const value = {
      ...others,
      [`layer1.0.conv1.${g}`]: new FileTensor([rows, 1, 1, 1], lengths),
      [`layer1.0.conv1.${v}`]: new FileTensor(shape, data),
    };
    const { tensors, leftOut } = await read(value);
    expect(leftOut).toEqual([]);
    const found = tensors.get('layer1.0.conv1.weight')?.data ?? new Float32Array(0);
    const norm = (of: Float32Array, row: number): number => Math.hypot(...of.subarray(row * size, (row + 1) * size));
    for (const row of [0, 7, 15]) {
      expect(norm(found, row)).toBeCloseTo(lengths[row] ?? 0, 4);
      const own = Number(data[row * size]);
      expect((found[row * size] ?? 0) / norm(found, row)).toBeCloseTo(own / norm(data as Float32Array, row), 5);
    }
  });
});

it('a classifier in a dict of its own goes with the rest, where it is the only one', async () => {
  const isHead = ([name]: [string, FileTensor]): boolean => name.startsWith('linear.');
  const rest = Object.fromEntries(Object.entries(raw).filter((each) => !isHead(each)));
  const head = Object.fromEntries(Object.entries(raw).filter(isHead));
  await expectWeights({ model: rest, classifier: head }, raw);
  await expectWeights({ encoder: rest, head: renamed(head, (name) => name.slice('linear.'.length)) }, raw);
  await expect(read({ encoder: rest, classifier: head, rotation: head })).rejects.toThrow(/without linear\.weight/);
});

describe('averages as a list of parameters', () => {
  const isParameter = (name: string): boolean => !/running|num_batches/.test(name);
  const shadow = Object.entries(averaged).flatMap(([name, tensor]) => (isParameter(name) ? [tensor] : []));

  it('are taken in their order, with the statistics of the network', async () => {
    const statistics = Object.entries(raw).filter(([name]) => !isParameter(name));
    const expected = { ...averaged, ...Object.fromEntries(statistics) };
    const network = await expectWeights({ model: raw, ema: { decay: 0.99, shadow_params: shadow } }, expected);
    expect(network.stateDict).toEqual({ chosen: 'ema.shadow_params', others: ['model'] });
  });

  it('are said where they do not fit', async () => {
    const network = await expectWeights({ model: raw, ema: { shadow_params: shadow.slice(1) } }, raw);
    expect(network.unknown).toEqual(['ema.shadow_params']);
  });
});

it('gradients and moments beside a network are no networks', async () => {
  const { stateDict } = await expectWeights({ net: raw, grads: averaged, momentum: averaged, exp_avg: averaged }, raw);
  expect(stateDict).toBeUndefined();
});

describe('a normalisation in the file is its word', () => {
  const [mean, std] = ['0.485,0.456,0.406', '0.229,0.224,0.225'];
  const shaped = (text: string, scale = 1, shape = [1, 3, 1, 1]): FileTensor =>
    new FileTensor(
      shape,
      Float32Array.from(text.split(','), (value) => scale * Number(value)),
    );
  const numbers = (text: string): number[] => text.split(',').map(Number);
  const array = (text: string): FileObject => {
    const bytes = Buffer.from(Float64Array.from(numbers(text)).buffer).toString('latin1');
    const dtype = new FileObject('numpy', 'dtype', ['f8', false, true], [3, '<', null]);
    const data = new FileObject('_codecs', 'encode', [bytes, 'latin1']);
    return new FileObject('numpy._core.multiarray', '_reconstruct', [null, [0], 'b'], [1, [3], dtype, false, data]);
  };
  it.each<[string, Pickled]>([
    ['Sequential', { '0.mean': shaped(mean), '0.std': shaped(std), ...under('1.', raw) }],
    ['named', { mean: shaped(mean), std: shaped(std), ...under('model.', raw) }],
    ['beside bare names', { mean: shaped(mean, 1, [3]), std: shaped(std, 1, [3]), ...raw }],
    ['a module', { 'normalize.mean': shaped(mean, 1, [3, 1, 1]), 'normalize.std': shaped(std), ...under('net.', raw) }],
    ['grey levels', { pixel_mean: shaped(mean, 255), pixel_std: shaped(std, 255), ...under('backbone.', raw) }],
    ['numbers', { state_dict: raw, mean: mean.split(',').map(Number), std: std.split(',').map(Number) }],
    ['a tensor', { state_dict: raw, mean: shaped(mean, 1, [3]), std: shaped(std, 1, [3]) }],
    ['a setting', { state_dict: raw, normalization: { mean: numbers(mean), std: numbers(std) } }],
    ['a part of settings', { state_dict: raw, config: { data: { mean: numbers(mean), std: numbers(std) } } }],
    ['text', { state_dict: raw, mean: '[0.485, 0.456, 0.406]', std: '(0.229, 0.224, 0.225)' }],
    ['arrays', { state_dict: raw, mean: array(mean), std: array(std) }],
    ['arguments', { state_dict: raw, args: { mean: mean.split(',').map(Number), std: std.split(',').map(Number) } }],
  ])('%s', async (_, value) => {
    const network = await expectWeights(value, raw);
    expect(network.metadata).toMatchObject({ mean, std });
    expect(remarksOn(network)).toEqual([]);
  });
});

it('a deviation of two is of pixels in 0 … 1, and a mean of one number among accuracies is no colour', async () => {
  const { metadata } = await read({ state_dict: raw, mean: [0.5, 0.5, 0.5], std: [2, 2, 2] });
  expect(metadata).toMatchObject({ mean: '0.5,0.5,0.5', std: '2,2,2' });
  expect((await read({ state_dict: raw, mean: 0.9, std: 0.1 })).metadata).toMatchObject({ mean: '0.9', std: '0.1' });
});

it('an optimiser’s state of numbered parameters is no network', async () => {
  const of = (shape: number[]): FileObject =>
    new FileObject('collections', 'OrderedDict', [[[0, { exp_avg: new FileTensor(shape, new Float32Array(81)) }]]]);
  await expect(read({ state: of([3, 3, 3, 3]), param_groups: [{ lr: 1 }] })).rejects.toThrow(/no state dict/);
});

describe('a state dict under any key', () => {
  it.each<[string, Pickled]>([
    ['an unknown one, beside a tensor', { classifier: raw, best_acc: scalar(91) }],
    ['model_state', { model_state: raw, epoch: 2 }],
    ['module', { module: raw, global_steps: 30, ds_version: '0.10' }],
    ['deep', { checkpoint: { model: { weights: raw } } }],
    ['in a list', [{ epoch: 1 }, raw]],
    ['one that begins as an optimiser’s', { optimized_model: raw, optimizer_states: [raw], lr_schedulers: [raw] }],
    ['one that begins as “loops”', { loops_model: raw, random_init: 1, amp: { scaler: raw } }],
    ['a number', new FileObject('collections', 'OrderedDict', [[[0, raw]]])],
    ['a tuple', new FileObject('collections', 'OrderedDict', [[[['model', 1], raw]]])],
    ['beside an optimiser’s', { net: raw, optimizer: { state: { a: { exp_avg: raw['conv1.weight'] ?? null } } } }],
  ])('%s', async (_, value) => {
    await expectWeights(value, raw);
  });

  it('what a file says is found at every depth, the nearest first', async () => {
    const { metadata } = await read({ epoch: 7, best_acc: scalar(91.73), checkpoint: { epoch: 3, model: raw } });
    expect(metadata).toEqual({ epoch: '3', best_acc: '91.73' });
  });

  it('several that are equally good are asked about', async () => {
    await expect(read({ generator: raw, discriminator: averaged })).rejects.toThrow(
      /several networks, and nothing says which one is meant: found generator, discriminator.*--state-dict/,
    );
    await expect(read({ state_dict: { ...under('student.', raw), ...under('teacher.', averaged) } })).rejects.toThrow(
      /found state_dict\.student, state_dict\.teacher/,
    );
    await expectWeights({ generator: raw, discriminator: averaged }, averaged, { stateDict: 'discriminator' });
    const network = await expectWeights({ model: raw, teacher: averaged }, raw);
    expect(network.stateDict).toEqual({ chosen: 'model', others: ['teacher'] });
    const within = await expectWeights({ ...raw, ...under('target_net.', averaged) }, raw);
    expect(within.stateDict).toEqual({ chosen: '.', others: ['target_net'] });
  });
});

describe('values that are not understood', () => {
  const path = new FileObject('pathlib', 'PosixPath', ['out']);
  it.each<[string, Pickled]>([
    ['a Path among arguments', new FileObject('argparse', 'Namespace', [], { output_dir: path, lr: 0.1 })],
    ['a deque', new FileObject('collections', 'deque', [[1, 0.9]])],
    ['an object of a class of theirs', new FileObject('__main__', 'Config', [], { lr: 0.1, path })],
    ['a dict of theirs', new FileObject('easydict', 'EasyDict', [], { lr: 0.1 }, { lr: 0.1 })],
    ['an enumeration’s value', new FileObject('mylib', 'Mode', [1])],
    [
      'a partial function',
      new FileObject('functools', 'partial', [new FileObject('builtins', 'getattr', [path, 'x'])]),
    ],
    ['an array', new FileObject('numpy.core.multiarray', '_reconstruct', [null, [0], 'b'], [1, [2], null, false, 'x'])],
    ['a big-endian dtype', new FileObject('numpy', 'dtype', ['f8', false, true], [3, '>', null])],
    ['a sparse tensor', new FileObject('torch._utils', '_rebuild_sparse_tensor', [null, []])],
  ])('%s', async (_, value) => {
    const network = await expectWeights({ epoch: 3, state_dict: raw, value }, raw);
    expect(network.metadata['epoch']).toBe('3');
  });

  it('a tensor with an attribute is a tensor', async () => {
    const { shape, data } = raw['conv1.weight'] as FileTensor;
    await expectWeights({ ...raw, 'conv1.weight': new FileTensor(shape, data, true) }, raw);
  });

  it('a network in place of its weights is refused, weights beside it are read', async () => {
    const object = new FileObject('torchvision.models.resnet', 'ResNet', [], { conv1: 1 });
    await expect(read({ model: object, epoch: 3, acc: scalar(0.9) })).rejects.toThrow(
      /torchvision\.models\.resnet\.ResNet is neither a tensor .* save the weights alone/,
    );
    await expectWeights({ model: object, state_dict: raw }, raw);
  });
});

describe('networks of chenyaofo/pytorch-cifar-models', () => {
  const projection = stateOf(1, 'resnet20_projection');
  const vgg = stateOf(1, 'vgg11_bn_cifar');
  const kuangliu = renamed(projection, (name) =>
    name.replace('.downsample.', '.shortcut.').replace(/^fc\./, 'linear.'),
  );
  it.each<[string, Pickled, string]>([
    ['a ResNet with projection shortcuts', projection, 'resnet20_projection'],
    ['the same in the names of kuangliu/pytorch-cifar', kuangliu, 'resnet20_projection'],
    [
      'one without, whose classifier is called as theirs',
      renamed(raw, (name) => name.replace(/^linear/, 'fc')),
      'resnet20',
    ],
    ['VGG', { state_dict: under('module.', vgg) }, 'vgg11_bn_cifar'],
  ])('%s', async (_, value, architecture) => {
    expect(await read(value)).toMatchObject({ architecture, classes: 10 });
  });

  it('of networks with the same names and shapes, the one that the file or a person names', async () => {
    const state = stateOf(1, 'resnet18_cifar_maxpool');
    expect((await read(state)).architecture).toBe('resnet18_cifar');
    const pooled = 'resnet18_cifar_maxpool';
    expect((await read({ arch: pooled, state_dict: state })).architecture).toBe(pooled);
    expect((await read(state, { architecture: pooled })).architecture).toBe(pooled);
    expect((await read({ arch: 'resnet32', state_dict: raw })).architecture).toBe('resnet20');
  });

  it.each([
    ['vgg11_bn', 'vgg11_bn_cifar', undefined],
    ['cifar100_vgg11_bn', 'vgg11_bn_cifar', undefined],
    ['VGG', 'vgg11_bn_cifar', undefined],
    ['vgg16_bn', 'vgg11_bn_cifar', true],
    ['resnet20', 'vgg11_bn_cifar', true],
    ['vgg11_bn', 'resnet20', true],
    ['cifar10_resnet20', 'resnet20_projection', undefined],
    ['resnet32', 'resnet20_projection', true],
    ['my_network', 'vgg11_bn_cifar', false],
  ] as const)('a file that calls itself %s is or is not %s', (name, architecture, isOther) => {
    expect(contradictedArchitecture({ arch: name }, architecture)?.isOther).toBe(isOther);
  });
});

describe('what inputs go through before the network', () => {
  const layer = (shape: number[]): FileTensor => new FileTensor(shape, new Float32Array(shape.reduce((a, b) => a * b)));
  it.each<[string, FileState]>([
    ['a batch norm', { 'normalize.weight': layer([3]), 'normalize.running_mean': layer([3]), ...raw }],
    ['a convolution', { 'preprocess.0.weight': layer([3, 3, 1, 1]), ...raw }],
    ['a batch norm beside the module', { 'input_bn.running_var': layer([3]), ...under('model.', raw) }],
  ])('%s is not passed over', async (_, value) => {
    await expect(read(value)).rejects.toThrow(/a network with a layer before it/);
    await expect(read(value, { architecture: 'resnet20' })).rejects.toThrow(/a network with a layer before it/);
  });

  it('is said where it is a mean without its deviation, and refused where it is something else', async () => {
    expect((await read({ mean: layer([3]), ...raw })).leftOut).toEqual(['mean']);
    expect((await read({ 'norm.mean': layer([3]), 'norm.var': layer([3]), ...under('net.', raw) })).leftOut).toEqual([
      'norm.mean',
      'norm.var',
    ]);
    await expect(read({ mean_scale: layer([1]), ...raw })).rejects.toThrow(/with mean_scale/);
  });
});

it('says that observers of quantisation-aware training are left out', async () => {
  const { leftOut } = await read({ 'conv1.activation_post_process.min_val': scalar(0), ...raw });
  expect(leftOut).toEqual(['conv1.activation_post_process.min_val']);
});

it('goes once through thousands of linear layers and of words in names', async () => {
  const weight = new FileTensor([1, 1], Float32Array.of(1));
  const words = 'a_'.repeat(150);
  const layers = Array.from({ length: 8000 }, (_, at) => [`${words}${at}.criterion.weight`, weight]);
  // Without a classifier of its own under any of several prefixes.
  const headless = Object.fromEntries(Object.entries(raw).filter(([name]) => !name.startsWith('linear')));
  const copies = Array.from({ length: 10 }, (_, at) => under(`net${at}.`, headless));
  const value = Object.assign({}, ...copies, Object.fromEntries(layers)) as FileState;
  const file = await parseWeights(torchFile(value), 'w.pth');
  const start = performance.now();
  expect(() => networkIn(file, 'w.pth', {})).toThrow(/no network that is known/);
  expect(performance.now() - start).toBeLessThan(10_000);
});
