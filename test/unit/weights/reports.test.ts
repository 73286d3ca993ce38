/** The public bug reports about checkpoints, with the real ResNet-20: PyTorch's logits of the first eight test images. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../../src/engine/start';
import { inMemory, loadTestImages } from '../../../src/datasets';
import { toInput } from '../../../src/models/input';
import { normalizationIn } from '../../../src/weights/facts';
import { infer, loadWeights } from '../../../src/models/forward';
import { createModel } from '../../../src/models/model';
import { parseCheckpoint } from '../../../src/weights/checkpoint';
import { parseWeights } from '../../../src/weights/parse';
import { parseSafetensors } from '../../../src/weights/safetensors';
import { NORMALIZATIONS } from '../../../src/study';
import { relativeError } from '../../referenceNumbers';
import { sharedFolder } from '../../shared';
import { FileObject, FileTensor, torchFile, under, type FileState, type Pickled } from './torchFile';

const shared = sharedFolder();
const reports = join(shared ?? '', 'cases', 'reports');
const COUNT = 8;

function realState(): FileState {
  const path = join(shared ?? '', 'models', 'resnet20.safetensors');
  const { tensors } = parseSafetensors(readFileSync(path), path);
  return Object.fromEntries([...tensors].map(([name, { shape, data }]) => [name, new FileTensor(shape, data)]));
}

/** What make.py of the case does to parameters. */
const scaled = (state: FileState): FileState =>
  Object.fromEntries(
    Object.entries(state).map(([name, { shape, data }]) => {
      const isParameter = data instanceof Float32Array && /(weight|bias)$/.test(name);
      return [name, new FileTensor(shape, isParameter ? data.map((value) => 0.9 * value) : data)];
    }),
  );

const scalar = (value: number): FileTensor => new FileTensor([], Float32Array.of(value));
const colour = (values: readonly number[]): FileTensor => new FileTensor([1, 3, 1, 1], Float32Array.from(values));
const { mean, std } = NORMALIZATIONS.imagenet;
const opaque = new FileObject('argparse', 'Namespace', [], {
  output_dir: new FileObject('pathlib', 'PosixPath', ['out']),
});

type Case = readonly [report: string, numbers: string, file: (state: FileState) => Pickled];

const CASES: readonly Case[] = [
  ['fractional-num-batches', 'logits', (state) => ({ ...state, 'bn1.num_batches_tracked': scalar(390.37) })],
  ['ema-beside-raw', 'state_dict_ema', (state) => ({ epoch: 7, state_dict: state, state_dict_ema: scaled(state) })],
  ['ema-beside-raw', 'state_dict', (state) => ({ state_dict: state, state_dict_ema: scaled(state) })],
  ['ema-beside-raw', 'state_dict_ema', (state) => ({ epoch: 2, ema: scaled(state) })],
  [
    'lightning-more-than-the-model',
    'logits',
    (state) => ({ state_dict: { ...under('model.', state), 'criterion.weight': scalar(1), 'val_acc.tp': scalar(0) } }),
  ],
  ['lightning-more-than-the-model', 'logits', (state) => ({ state_dict: under('backbone.', state) })],
  ['normalise-wrapper', 'logits', (state) => ({ '0.mean': colour(mean), '0.std': colour(std), ...under('1.', state) })],
  ['normalise-wrapper', 'logits', (state) => ({ mean: colour(mean), std: colour(std), ...under('model.', state) })],
  ['path-in-arguments', 'logits', (state) => ({ epoch: 3, state_dict: state, args: opaque })],
  ['tensor-beside-unknown-key', 'logits', (state) => ({ classifier: state, best_acc: scalar(91) })],
];

describe.skipIf(!existsSync(reports))('a report (with the shared folder)', () => {
  beforeAll(() => startEngine('wasm'));

  it.each<Case>(CASES)('%s, %s', async (report, numbers, file) => {
    // Averaged weights are taken unless a person chooses.
    const stateDict = numbers === 'state_dict' ? numbers : undefined;
    const model = createModel('resnet20', 32, 10);
    const stored = await parseWeights(torchFile(file(realState())), 'w.pth');
    const { weights, network } = parseCheckpoint(stored, { path: 'w.pth', stateDict }, model);
    const said = normalizationIn(network.metadata);
    if (report === 'normalise-wrapper') expect(said).toEqual({ mean, std });
    const { test } = await loadTestImages({ kind: 'cifar10', folder: join(shared ?? '', 'data', 'cifar10') });
    const input = { inputSize: 32, mean, std };
    const logits = tf.tidy(() =>
      infer(
        model,
        loadWeights(weights),
        toInput(inMemory(test).pixels.subarray(0, COUNT * 32 * 32 * 3), COUNT, 32, 32, input),
      ).dataSync(),
    ) as Float32Array;
    const expected = JSON.parse(readFileSync(join(reports, report, 'expected.json'), 'utf8')) as Record<
      string,
      number[][]
    >;
    expect(relativeError(logits, (expected[numbers] ?? []).flat())).toBeLessThan(1e-3);
  });
});
