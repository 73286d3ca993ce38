/** More classes than a byte can number, from the forward pass to what is kept and counted. */
import * as tf from '@tensorflow/tfjs-core';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createClassIndices } from '../../../src/common/classIndices';
import { gatherBatch, type ImageSet } from '../../../src/datasets';
import { drawSet } from '../../../src/datasets/synthetic';
import { memoryReaders, readSet } from '../../../src/datasets/reader';
import { startWasm } from '../../../src/engine/wasm/start';
import { confusionMatrix, countOf, wrongImages } from '../../../src/measures/misclassified';
import { evaluate } from '../../../src/models/evaluate';
import { infer, loadWeights } from '../../../src/models/forward';
import { toInput } from '../../../src/models/input';
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import { loadPredictions, storePredictions } from '../../../src/runs';
import { NORMALIZATIONS } from '../../../src/study';
import { labelledSet } from '../../../src/training/labels';

const CLASSES = 300;
const COUNT = 40;
const input = { inputSize: 32, ...NORMALIZATIONS.cifar10 };
const inputs = { architecture: 'resnet20', input: {}, checkpoint: 'a', images: 'b' };
const drawn = drawSet('test', COUNT, 1);

/** With these labels. */
function labelled(of: (image: number) => number): ImageSet {
  const labels = createClassIndices(CLASSES, COUNT);
  for (let image = 0; image < COUNT; image++) labels[image] = of(image);
  return { ...drawn, labels };
}

let folder: string;

beforeAll(startWasm);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-classes-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('evaluates, keeps and counts classes above 255', async () => {
  const model = createModel('resnet20', 32, CLASSES);
  const values = initialWeights(model, 3);
  const weights = loadWeights(values);
  const logits = tf.tidy(() => infer(model, weights, toInput(drawn.pixels, COUNT, 32, 32, input)).arraySync());
  const largest = logits.map((row) => row.indexOf(Math.max(...row)));
  expect(largest.filter((of) => of > 255).length).toBeGreaterThan(0);
  // Every second image has the class that the network takes it for, the others one whose lower byte is the same.
  const set = labelled((image) => (((largest[image] as number) + (image % 2) * 256) % 512) % CLASSES);
  const { predictions, correct } = await evaluate(model, weights, set, input);
  expect([...predictions]).toEqual(largest);
  const right = largest.filter((of, image) => of === set.labels[image]).length;
  expect(correct).toBe(right);

  await storePredictions(folder, inputs, predictions, {});
  expect(await loadPredictions(folder, inputs, { classes: CLASSES, count: COUNT })).toEqual(predictions);
  expect(await loadPredictions(folder, inputs, { classes: 10, count: COUNT })).toBeUndefined();

  expect(wrongImages(set.labels, predictions).length).toBe(COUNT - right);
  const image = largest.findIndex((of) => of > 255);
  const cell = { label: set.labels[image] as number, predicted: largest[image] as number };
  expect(countOf(confusionMatrix(set.labels, predictions, CLASSES), cell)).toBeGreaterThan(0);
});

it('leaves labels above 255 whole where sets are read, split up and permuted', async () => {
  const set = labelled((image) => 255 + image);
  const { test } = memoryReaders({ test: set, train: set, kind: '', classNames: [], fingerprint: '', description: '' });
  expect((await readSet(test)).labels).toEqual(set.labels);
  expect([...gatherBatch(set, [1, 0]).labels]).toEqual([256, 255]);
  const permuted = labelledSet(set, { labels: 'permuted', seed: 1 }).labels;
  expect([...permuted].sort((a, b) => a - b)).toEqual([...set.labels]);
});

it('keeps a byte an image, under the name that it always had, of up to 255 classes', async () => {
  await storePredictions(folder, inputs, Uint8Array.of(1, 254), {});
  expect(await readdir(join(folder, 'results'))).toEqual(['predictions-4c429094d2e3330b608eab8cfacd6b50.bin']);
  expect(await loadPredictions(folder, inputs, { classes: 255, count: 2 })).toEqual(Uint8Array.of(1, 254));
});

it('refuses more classes than two bytes can number', () => {
  expect(() => createClassIndices(65_536, 1)).toThrow('too many classes');
});
