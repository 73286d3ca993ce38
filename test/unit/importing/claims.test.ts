/** What files claim, in the ways that training scripts write it. */
import { describe, expect, it } from 'vitest';
import { claimsIn } from '../../../src/importing/claims';
import { parseWeights } from '../../../src/weights/parse';
import { FileObject, FileTensor, torchFile, type Pickled } from '../weights/torchFile';

const NONE = { testAccuracy: null, testLoss: null, trainLoss: null };
const number = (value: number) => new FileTensor([], Float32Array.of(value));

async function claimedBy(entries: { readonly [key: string]: Pickled }, path = 'checkpoint.pth') {
  const weight = new FileTensor([2, 1, 1, 1], Float32Array.of(1, 2));
  const stored = await parseWeights(torchFile({ ...entries, state_dict: { 'conv1.weight': weight } }), path);
  return claimsIn(stored.dicts[0]?.metadata ?? {}, path);
}

/** Lightning's, as `trainer.save_checkpoint` writes them. */
const callbacks = (monitor: string, current: number | null, best: number): { readonly [key: string]: Pickled } => ({
  [`ModelCheckpoint{'monitor': '${monitor}', 'mode': 'max'}`]: {
    monitor,
    best_model_score: number(best),
    best_model_path: '/theirs/best.ckpt',
    current_score: current === null ? null : number(current),
  },
});

describe('an accuracy of this checkpoint', () => {
  it.each<[string, { readonly [key: string]: Pickled }, number]>([
    ['per cent', { acc: 93.07 }, 93.07],
    ['a share', { acc: 0.9307 }, 93.07],
    ['a tensor', { acc: number(93.07) }, 93.07],
    ['a float32 of NumPy’s', { acc: Math.fround(93.07) }, 93.07],
    ['words', { acc: '93.07%' }, 93.07],
    ['words of less than one per cent', { acc: '0.79 %' }, 0.79],
    ['a capital', { Acc: 93 }, 93],
    ['a word between', { 'Test Accuracy': 93 }, 93],
    ['of evaluation', { eval_acc: 0.93 }, 93],
    ['valid_acc', { valid_acc: 93 }, 93],
    ['val/acc', { 'val/acc': 0.93 }, 93],
    ['test/accuracy', { 'test/accuracy': 0.93 }, 93],
    ['humps', { valAcc: 0.93 }, 93],
    ['another’s testAccuracy', { testAccuracy: 0.9307 }, 93.07],
    ['top 1', { val_acc_top1: 0.93, val_acc_top5: 0.99 }, 93],
    ['top 1 with a sign', { 'acc@1': 93, 'acc@5': 99 }, 93],
    ['prec1', { prec1: number(93.07), prec5: number(99) }, 93.07],
    ['timm’s metric', { metric: 93.07 }, 93.07],
    ['timm’s metric, named', { metric: 93.07, args: { eval_metric: 'top1' } }, 93.07],
    ['an error in per cent', { test_err: 7 }, 93],
    ['an error as a share', { error: 0.07 }, 93],
    ['in results', { results: { test_acc: 93 } }, 93],
    ['in metrics, with that of training', { metrics: { val_acc: 93, train_acc: 99 } }, 93],
    ['in results of a set', { metrics: { val: { acc: 0.93 }, train: { acc: 0.99 } } }, 93],
    ['a history', { val_acc: [10, 50, 93] }, 93],
    ['a history of two', { val_acc: [10, 93] }, 93],
    ['a history in a dict', { history: { acc: [0.5, 0.99], val_acc: [number(0.1), number(0.93)] } }, 93],
    ['a history of dicts', { history: [{ val_acc: 0.1 }, { val_acc: 0.93 }] }, 93],
    ['what Lightning monitors', { callbacks: callbacks('val_acc', 0.93, 0.95) }, 93],
    ['test before validation', { val_acc: 91, test_acc: 93 }, 93],
    ['its own before the best so far', { best_acc: 95, acc: 93 }, 93],
  ])('%s', async (_, entries, testAccuracy) => {
    expect(await claimedBy(entries)).toMatchObject({ ...NONE, testAccuracy });
    expect(await claimedBy(entries)).not.toHaveProperty('isBestSoFar');
  });
});

describe('the best so far', () => {
  it.each<[string, { readonly [key: string]: Pickled }]>([
    ['best_acc', { best_acc: 93.07 }],
    ['best_acc1, of PyTorch’s ImageNet example', { best_acc1: number(93.07) }],
    ['best_prec1', { best_prec1: 93.07 }],
    ['best_top1', { best_top1: 93.07 }],
    ['bestAcc', { bestAcc: 0.9307 }],
    ['max_accuracy', { max_accuracy: 93.07 }],
    ['the best of Lightning', { callbacks: callbacks('val_acc', null, 0.9307) }],
  ])('%s', async (_, entries) => {
    expect(await claimedBy(entries)).toEqual({ ...NONE, testAccuracy: 93.07, isBestSoFar: true });
    // Of the best checkpoint it is its own.
    expect(await claimedBy(entries, 'model_best.pth.tar')).toEqual({ ...NONE, testAccuracy: 93.07 });
  });
});

describe('no claim of an accuracy', () => {
  it.each<[string, { readonly [key: string]: Pickled }]>([
    ['of training', { train_acc: 99, metrics: { train_acc: 99 } }],
    ['of training, as Lightning monitors it', { callbacks: callbacks('train_acc', 0.9, 0.9) }],
    ['below none', { acc: -1 }],
    ['above all', { acc: 930.7 }],
    ['no number', { acc: NaN }],
    ['nothing', { acc: null }],
    ['yes', { acc: true }],
    ['names of objects', { constructor: 93, toString: 93 }],
    ['an empty word', { acc: '' }],
    ['top 1 and top 5', { acc: [93.07, 99.9] }],
    ['top 5', { acc5: 99, top5: 99, 'acc@5': 99 }],
    ['another mean', { balanced_acc: 93, top10_acc: 99 }],
    ['the epoch of the best', { best_acc_epoch: 93, best_epoch: 93 }],
    ['timm’s metric, where it is a loss', { metric: 0.93, args: { eval_metric: 'train_loss' } }],
    ['an object', { acc: new FileObject('their.meters', 'Meter') }],
  ])('%s', async (_, entries) => {
    expect((await claimedBy(entries)).testAccuracy).toBeNull();
  });
});

describe('losses', () => {
  it.each<[{ readonly [key: string]: Pickled }, object]>([
    [
      { val_loss: 0.3, train_loss: 0.01 },
      { testLoss: 0.3, trainLoss: 0.01 },
    ],
    [
      { 'val/loss': 0.3, loss: 0.01 },
      { testLoss: 0.3, trainLoss: 0.01 },
    ],
    [{ history: { val_loss: [2, 0.3], loss: [2, 0.01] } }, { testLoss: 0.3, trainLoss: 0.01 }],
    [{ callbacks: callbacks('val_loss', 0.3, 0.2) }, { testLoss: 0.3, trainLoss: null }],
    [{ best_loss: 0.3 }, { testLoss: null, trainLoss: null }],
  ])('%j', async (entries, losses) => {
    expect(await claimedBy(entries)).toEqual({ testAccuracy: null, ...losses });
  });
});

it('per cent is what our own checkpoints say, below one too', () => {
  expect(claimsIn({ testAccuracy: '0.9', architecture: 'resnet20' }, 'epoch-001.safetensors').testAccuracy).toBe(0.9);
});

it.each<[string, number | null, boolean?]>([
  ['epoch=3-val_acc=0.93.ckpt', 93],
  ['resnet20-epoch=03-val_acc=0.93-v1.ckpt', 93],
  ['resnet20_ep5_acc91.20.pt', 91.2],
  ['acc_93.07.pth', 93.07],
  ['model-top1-93.07.pth.tar', 93.07],
  ['acc1=93.07.pth', 93.07],
  ['acc=93.pth', 93],
  ['net_prec1_93.07%.pth', 93.07],
  ['best_acc_93.07.pth', 93.07],
  ['max_acc_93.07.pth', 93.07, true],
  ['train_acc=0.99.ckpt', null],
  ['train_acc=0.99-val_acc=0.93.ckpt', 93],
  ['ckpt_0.9164_10.pth', null],
  ['acc_10.pth', null],
  ['acc1_epoch_2.pth', null],
  ['top5=99.1.pth', null],
  ['vacc93.1/epoch-1.pth', null],
])('the name %s', (name, testAccuracy, isBestSoFar = false) => {
  const claims = claimsIn({}, `/theirs/acc=0.1/${name}`);
  expect(claims).toEqual({ ...NONE, testAccuracy, ...(isBestSoFar ? { isBestSoFar } : {}) });
});
