/** What an import makes of a folder of other people's files. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contradictionText } from '../../../src/importing/normalizations';
import type { Normalization } from '../../../src/study';
import { inspect, type InspectOptions } from '../../../src/importing/inspect';
import { FileObject, FileTensor, stateOf, torchFile, type Pickled } from '../weights/torchFile';

const states = [1, 2, 3].map((seed) => stateOf(seed));
const [first = {}, second = {}, third = {}] = states;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-inspect-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function inspected(files: Readonly<Record<string, Pickled>>, options: InspectOptions = {}) {
  for (const [name, value] of Object.entries(files)) await writeFile(join(folder, name), torchFile(value));
  const inspection = await inspect([folder], options);
  return {
    ...inspection,
    epochs: inspection.checkpoints.map(({ epoch, path }) => `${epoch}: ${basename(path)}`),
    leftOut: inspection.leftOut.map(({ path, reason }) => `${basename(path)}: ${reason}`),
  };
}

describe('copies', () => {
  it('of a checkpoint by its bytes, or by its weights in other bytes, are that checkpoint', async () => {
    const found = await inspected({
      'checkpoint-0.pth.tar': { epoch: 0, state_dict: first },
      'checkpoint-1.pth.tar': { epoch: 1, state_dict: second },
      'checkpoint-2.pth.tar': { epoch: 2, state_dict: third },
      'last.pth.tar': { epoch: 2, state_dict: third },
      'model_best.pth': { best: true, net: second },
    });
    expect(found.epochs).toEqual(['0: checkpoint-0.pth.tar', '1: checkpoint-1.pth.tar', '2: checkpoint-2.pth.tar']);
    expect(found.leftOut).toEqual([
      'last.pth.tar: it holds the same weights as checkpoint-2.pth.tar',
      'model_best.pth: it holds the same weights as checkpoint-1.pth.tar',
    ]);
  });

  it('of two epochs by their names are two checkpoints, and of one epoch are one', async () => {
    const found = await inspected({ 'epoch-1.pth': first, 'epoch-2.pth': first, 'epoch-02.pt': first });
    expect(found.epochs).toEqual(['1: epoch-1.pth', '2: epoch-02.pt']);
    expect(found.leftOut).toEqual(['epoch-2.pth: it holds the same weights as epoch-02.pt']);
  });
});

describe('files that are left out', () => {
  it('say no epoch among others that do, or hold no network', async () => {
    const moments = { state: { a: { exp_avg: new FileTensor([2, 2], new Float32Array(4)) } } };
    const found = await inspected({ 'epoch1.pth': first, 'epoch2.pth': second, 'final.pth': third, 'sgd.pt': moments });
    expect(found.epochs).toEqual(['1: epoch1.pth', '2: epoch2.pth']);
    expect(found.leftOut).toEqual(['sgd.pt: it holds no network', 'final.pth: nothing says of which epoch it is']);
  });

  it('are refused where no other file is there', async () => {
    await expect(inspected({ 'sgd.pt': { state: { a: 1 } } })).rejects.toThrow(/no state dict/);
  });
});

describe('a folder as trainings leave it', () => {
  const filled = (value: number): FileTensor => new FileTensor([3], new Float32Array(3).fill(value));
  const write = (name: string, bytes: Uint8Array | string): Promise<void> => writeFile(join(folder, name), bytes);

  it('is imported without arguments, schedules, hidden files and what is no weights', async () => {
    await write('scheduler.pt', torchFile({ last_epoch: 3 }));
    await write('training_args.bin', torchFile(new FileObject('transformers.training_args', 'TrainingArguments')));
    await write('data.bin', Buffer.from([7, 0, 0, 0, 9, 0, 0, 0, 7, 7]));
    await write('._epoch1.pth', 'Mac OS X');
    await write('.epoch1.pth', torchFile(second));
    await write('epoch2.pkl', torchFile(second));
    await mkdir(join(folder, 'older'));
    await write('older/epoch0.pth', torchFile(third));
    const { epochs, leftOut, notes } = await inspected({ 'epoch1.pth': first });
    expect(epochs).toEqual(['1: epoch1.pth']);
    expect(notes).toEqual([]);
    expect(leftOut.sort()).toEqual([
      '.epoch1.pth: it is hidden',
      expect.stringMatching(/^data\.bin: it cannot be used: .*not a safetensors file/),
      'epoch2.pkl: its ending is none of weights; rename it to .pth if it is of torch.save',
      'older: it is a folder, with a file of weights in it',
      'scheduler.pt: it holds no network',
      'training_args.bin: it holds no network',
    ]);
  });

  it('lacks epochs that are damaged or not finite, and says so', async () => {
    await write('epoch2.pth', torchFile(second).subarray(0, -100));
    const { epochs, notes } = await inspected({
      'epoch1.pth': first,
      'epoch3.pth': { ...third, 'bn1.bias': nans(16) },
    });
    expect(epochs).toEqual(['1: epoch1.pth']);
    expect(notes).toEqual([
      expect.stringMatching(/^epoch2\.pth is missing among the checkpoints: not an archive of torch\.save/),
      'epoch3.pth is missing among the checkpoints: tensor bn1.bias, element 0: a value that is not finite (NaN).',
    ]);
  });

  it('is refused where nothing else is in it, for what is damaged rather than for what is something else', async () => {
    await expect(inspected({ 'a.pt': { a: 1 }, 'b.pth': { ...third, 'bn1.bias': nans(16) } })).rejects.toThrow(
      /tensor bn1\.bias, element 0: a value that is not finite/,
    );
    await rm(join(folder, 'a.pt'));
    await rm(join(folder, 'b.pth'));
    await write('epoch2.tar', 'x');
    await expect(inspect([folder])).rejects.toThrow(/no checkpoints in this folder: .*epoch2\.tar/);
  });

  it('of different normalisations says which', async () => {
    const files = { 'epoch1.pth': { mean: filled(0.5), std: filled(0.25), ...first }, 'epoch2.pth': second };
    const { normalization, normalizationsDiffer, notes } = await inspected(files);
    expect({ normalization, normalizationsDiffer }).toEqual({ normalization: undefined, normalizationsDiffer: true });
    expect(notes).toEqual([
      'The files differ in how inputs are normalised: epoch1.pth says mean 0.5,0.5,0.5 and std 0.25,0.25,0.25; epoch2.pth says nothing.',
    ]);
  });
});

function nans(count: number): FileTensor {
  return new FileTensor([count], new Float32Array(count).fill(NaN));
}

it('says where an option contradicts the files, and not where it rounds them', () => {
  const said: Normalization = { mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.201] };
  expect(contradictionText(said, { ...said, std: [0.247, 0.2435, 0.2616] })).toMatch(
    /^The file says mean 0\.4914,.*and mean 0\.4914,0\.4822,0\.4465 and std 0\.247,0\.2435,0\.2616 are taken/,
  );
  expect(contradictionText(said, { ...said, mean: [0.491, 0.482, 0.447] })).toBeUndefined();
});

describe('what a file calls its network', () => {
  const calls = (said: Record<string, Pickled>): Readonly<Record<string, Pickled>> => ({
    'epoch-1.pth': { ...said, state_dict: first },
  });
  it.each<Record<string, Pickled>>([
    { arch: 'resnet56' },
    { arch: 'preact_resnet20' },
    { arch: 'PreActResNet20' },
    { arch: 'resnet20_swish' },
    { arch: 'resnetblur20' },
    { arch: 'resnet20d' },
    { arch: 'resnet-110' },
    { arch: 'resnet20x4' },
    { arch: 'resnet_v2_20' },
    { arch: 'VGG16_bn' },
    { model: 'densenet-bc' },
    { net: 'efficientnet_b0' },
    { args: { model: 'tf_efficientnet_b0' } },
    { hyper_parameters: { architecture: 'wrn_28_10' } },
    { hparams: { model_name: 'timm/resnet20d.x_in1k' } },
    { config: { model: { name: 'tf_efficientnet_b0', drop: 0.1 } } },
  ])('%j stops the import of a resnet20', async (said) => {
    await expect(inspected(calls(said))).rejects.toThrow(
      /the file calls itself another network .* expected resnet20\. .* --architecture resnet20/,
    );
  });

  it('may be insisted on, and is then said', async () => {
    const found = await inspected(calls({ arch: 'resnet56' }), { architecture: 'resnet20' });
    expect(found.notes).toEqual(['The file says arch: resnet56; its weights are read as resnet20.']);
  });

  it.each<Record<string, Pickled>>([
    { arch: 'resnet20' },
    { arch: 'ResNet-20' },
    { arch: 'cifar10_resnet20' },
    { args: { arch: 'resnet', model: 'my run 3', name: 'vgg16' } },
    { model_name: 'experiment-7' },
    { config: { backbone: 'models/resnet20' } },
    { arch: 'ResNet20()' },
    { arch: 'ResNet20_OptionA' },
    { arch: 'res20' },
    { arch: 'resnet20_w1' },
    { arch: 'resnet20-seed1' },
    { arch: 'resnet20_bs128' },
    { arch: 'kd_resnet20_from_resnet56' },
    { arch: 'None' },
    { arch: 'resnet20.v1_in1k' },
    { arch: 'resnet_cifar_20' },
    { arch: 'resnet_10classes' },
  ])('%j is of a resnet20', async (said) => {
    const { architecture, notes } = await inspected(calls(said));
    expect({ architecture, notes }).toEqual({ architecture: 'resnet20', notes: [] });
  });

  it.each(['LitModel', 'custom', 'cnn', 'my-net'])('%s, which nobody else knows, is said', async (arch) => {
    const { notes } = await inspected(calls({ arch }));
    expect(notes).toEqual([`The file says arch: ${arch}; its weights are read as resnet20.`]);
  });
});

it('says which of several state dicts is taken', async () => {
  const files = { 'epoch-7.pth': { state_dict: first, state_dict_ema: second } };
  const found = await inspected(files);
  expect(found.stateDicts).toEqual({ chosen: 'state_dict_ema', others: ['state_dict'] });
  expect(found.checkpoints).toMatchObject([{ epoch: 7, stateDict: 'state_dict_ema' }]);
  const chosen = await inspected(files, { stateDict: 'state_dict' });
  expect(chosen.checkpoints).toMatchObject([{ stateDict: 'state_dict' }]);
});

it('says where names and shapes are also those of another network', async () => {
  const { notes } = await inspected({ 'epoch-1.pth': stateOf(1, 'resnet18_cifar') });
  expect(notes).toEqual([
    expect.stringMatching(/also those of resnet18_cifar_maxpool, with a max pool behind its first convolution/),
  ]);
});
