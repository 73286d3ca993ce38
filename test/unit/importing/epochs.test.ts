import { describe, expect, it } from 'vitest';
import { epochsOf } from '../../../src/importing/epochs';
import { inputSizeIn, normalizationIn } from '../../../src/weights/facts';

const files = (...named: (string | [string, Record<string, string>])[]) =>
  named.map((each) => (typeof each === 'string' ? { path: each, metadata: {} } : { path: each[0], metadata: each[1] }));

const epochs = (...args: Parameters<typeof epochsOf>): number[] => epochsOf(...args).dated.map(({ epoch }) => epoch);
const undated = (...named: Parameters<typeof files>): string[] =>
  epochsOf(files(...named)).undated.map(({ path, reason }) => `${path}: ${reason}`);

describe('the epochs of files', () => {
  it.each<[string[], number[]]>([
    [
      ['epoch-000.pth', 'epoch-012.pth'],
      [0, 12],
    ],
    [
      ['a/checkpoint_epoch=3.ckpt', 'a/checkpoint_epoch=10-step=99.ckpt'],
      [3, 10],
    ],
    [
      ['resnet20_ep5_acc91.20.pt', 'resnet20_ep6_acc90.10.pt'],
      [5, 6],
    ],
    [['resnet20-e03.safetensors'], [3]],
    [['Epochs 7.th'], [7]],
    [
      ['checkpoint-1.pth.tar', 'checkpoint-2.pth.tar', 'checkpoint-11.pth.tar'],
      [1, 2, 11],
    ],
    [
      ['1.pt', '2.pt'],
      [1, 2],
    ],
    [
      ['resnet20-v1-5.pt', 'resnet20-v1-10.pt'],
      [5, 10],
    ],
    // After different words, and behind a network's name.
    [
      ['model_best_10.pth', 'model_last_20.pth'],
      [10, 20],
    ],
    [
      ['resnet20.10.pth', 'resnet20.20.pth'],
      [10, 20],
    ],
    [['ckpt.t7.pth', 'ckpt2.pth'], [2]],
    // A hash is no epoch; one file alone is of the only one that there is.
    [['resnet20-12fca82f.th'], [1]],
    [['model-8e45b2aa.pth'], [1]],
    // Digits after a decimal point are none, nor is a number that all share.
    [
      ['ckpt_0.9164_10.pth', 'ckpt_0.9270_20.pth'],
      [10, 20],
    ],
    [
      ['resnet20_lr0.1_e200_bs128_10.pth', 'resnet20_lr0.1_e200_bs128_20.pth'],
      [10, 20],
    ],
    [
      ['resnet20_epochs200_ckpt10.pth', 'resnet20_epochs200_ckpt20.pth'],
      [10, 20],
    ],
    [
      ['adam-e3-10.pth', 'adam-e3-20.pth'],
      [10, 20],
    ],
    [
      ['resnet18-10-regular.pth', 'resnet18-20-regular.pth', 'resnet18-17-best.pth'],
      [10, 20, 17],
    ],
    [
      ['sgd_1e-3_wd5e-4_3.pth', 'sgd_1e-3_wd5e-4_4.pth'],
      [3, 4],
    ],
    // Neither are dates, times of day, digests or what is measured.
    [
      ['2024-01-31_10-22-33_epoch5.pth', '2024-02-01_08-00-00_epoch6.pth'],
      [5, 6],
    ],
    [
      ['run_20240131_102233_7.pth', 'run_20240201_080000_8.pth'],
      [7, 8],
    ],
    [
      ['a1b2c3d4_1.pth', '99e8f7a6_2.pth'],
      [1, 2],
    ],
    [
      ['acc91_3.pth', 'acc92_4.pth'],
      [3, 4],
    ],
    [
      ['weights.01-0.45.pth', 'weights.02-0.40.pth'],
      [1, 2],
    ],
    [
      ['seed1_epoch4.pth', 'seed1_epoch5.pth'],
      [4, 5],
    ],
  ])('%j are %j', (names, expected) => {
    expect(epochs(files(...names))).toEqual(expected);
  });

  it('are what the files say where their names do not, and what a person says before all', () => {
    const said = files(['best.pth', { epoch: '17' }], ['last.pth', { epoch: '20' }]);
    expect(epochs(said)).toEqual([17, 20]);
    expect(epochs(said, [1, 2])).toEqual([1, 2]);
    expect(epochs(files(['epoch-3.pth', { epoch: '2' }]))).toEqual([3]);
    expect(epochs(files(['a.pth', { 'meta.epoch': '12' }], ['b.pth', { epoch: '13.0' }]))).toEqual([12, 13]);
  });

  it('are what the files say where numbers in names count something else', () => {
    const steps = files(['model_500.pth', { epoch: '1' }], ['model_1000.pth', { epoch: '2' }]);
    expect(epochs(steps)).toEqual([1, 2]);
    // Counted from 1 in the name and from 0 in the file: the names are kept, and a file without a number follows them.
    const shifted = files(['ckpt_1.pth', { epoch: '0' }], ['ckpt_2.pth', { epoch: '1' }], ['best.pth', { epoch: '6' }]);
    expect(epochs(shifted)).toEqual([1, 2, 7]);
    expect(epochs(files('model_step500.pt', 'model_step1000.pt'))).toEqual([500, 1000]);
  });

  it('are not asked of files that say none among files that do: they are left out', () => {
    const nothing = 'nothing says of which epoch it is';
    expect(undated('epoch1.pth', 'epoch2.pth', 'final.pth')).toEqual([`final.pth: ${nothing}`]);
    expect(epochs(files('epoch1.pth', 'epoch2.pth', 'final.pth'))).toEqual([1, 2]);
    expect(undated('epoch0.pt', 'epoch1.pt', 'best.pt', 'last.pt')).toHaveLength(2);
    expect(undated('epoch-3.pth', ['best.pth', { epoch: '3' }])).toEqual([
      'best.pth: it says epoch 3, as epoch-3.pth does, and holds other weights',
    ]);
  });

  it('are refused where two are one, where nothing says them, or where some are missing', () => {
    expect(() => epochsOf(files('epoch-3.pth', 'epoch-003.pt'))).toThrow(
      /epoch-003\.pt: two checkpoints of one epoch: found epoch 3, as epoch-3\.pth is, expected one/,
    );
    expect(() => epochsOf(files('epoch=0-step=100.ckpt', 'epoch=0-step=200.ckpt'))).toThrow(/two checkpoints of one/);
    expect(() => epochsOf(files('first.pth', 'second.pth'))).toThrow(/first\.pth: nothing says of which epoch/);
    expect(() => epochsOf(files('resnet20_seed1.pth', 'resnet20_seed2.pth'))).toThrow(/nothing says of which epoch/);
    expect(() => epochsOf(files('m_2024-01-31.pth', 'm_2024-02-01.pth'))).toThrow(/nothing says of which epoch/);
    expect(() => epochsOf(files('a.pth', 'b.pth'), [1])).toThrow(
      /found 1 epochs, expected 2, one for each of\. a\.pth, b/,
    );
  });
});

it('normalisation and input size are read where they are sound', () => {
  expect(normalizationIn({ mean: '0.5,0.4,0.3', std: '0.2,0.2,0.1' })).toEqual({
    ...{ mean: [0.5, 0.4, 0.3], std: [0.2, 0.2, 0.1] },
  });
  expect(normalizationIn({ mean: '0.5,0.4', std: '1,1,1' })).toBeUndefined();
  expect(normalizationIn({ mean: '0,0,0', std: '1,0,1' })).toBeUndefined();
  expect(inputSizeIn({ inputSize: '96' })).toBe(96);
  expect(inputSizeIn({ inputSize: '7' })).toBeUndefined();
});
