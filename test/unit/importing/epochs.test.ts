import { describe, expect, it } from 'vitest';
import { epochsOf } from '../../../src/engine/importing/epochs';
import { claimsIn, inputSizeIn, normalizationIn } from '../../../src/engine/importing/facts';

const files = (...named: (string | [string, Record<string, string>])[]) =>
  named.map((each) => (typeof each === 'string' ? { path: each, metadata: {} } : { path: each[0], metadata: each[1] }));

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
    // A hash is no epoch; one file alone is of the only one that there is.
    [['resnet20-12fca82f.th'], [1]],
    [['model-8e45b2aa.pth'], [1]],
  ])('%j are %j', (names, epochs) => {
    expect(epochsOf(files(...names))).toEqual(epochs);
  });

  it('are what the files say where their names do not, and what a person says before all', () => {
    const said = files(['best.pth', { epoch: '17' }], ['last.pth', { epoch: '20' }]);
    expect(epochsOf(said)).toEqual([17, 20]);
    expect(epochsOf(said, [1, 2])).toEqual([1, 2]);
    expect(epochsOf(files(['epoch-3.pth', { epoch: '2' }]))).toEqual([3]);
  });

  it('are refused where two are one, where nothing says them, or where some are missing', () => {
    expect(() => epochsOf(files('epoch-3.pth', 'epoch-003.pt'))).toThrow(
      /epoch-003\.pt: two checkpoints of one epoch: found epoch 3, as epoch-3\.pth is, expected one/,
    );
    expect(() => epochsOf(files(['best.pth', { epoch: '3' }], 'epoch-3.pth'))).toThrow(/two checkpoints of one epoch/);
    expect(() => epochsOf(files('first.pth', 'second.pth'))).toThrow(/first\.pth: nothing says of which epoch/);
    expect(() => epochsOf(files('a.pth', 'b.pth'), [1])).toThrow(
      /found 1 epochs, expected 2, one for each of\. a\.pth, b/,
    );
  });
});

it('accuracies are in per cent, whatever the script wrote', () => {
  expect(claimsIn({ acc: '0.915', val_loss: '0.3' })).toEqual({ testAccuracy: 91.5, testLoss: 0.3, trainLoss: null });
  expect(claimsIn({ test_acc: '91.5' }).testAccuracy).toBe(91.5);
  expect(claimsIn({ testAccuracy: '0.9' }).testAccuracy).toBe(0.9);
  expect(claimsIn({ acc: '1234', best_prec1: '91' }).testAccuracy).toBeNull();
  expect(claimsIn({ acc: '' }).testAccuracy).toBeNull();
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
