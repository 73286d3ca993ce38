/**
 * Training from a given checkpoint goes as it goes in PyTorch: the first five losses. Where EPOCHLENS_PYTHON names a
 * Python with timm it is asked; elsewhere what it answered before is kept in test/timm/finetune.json. To renew that file:
 * EPOCHLENS_PYTHON=… EPOCHLENS_RENEW=1 npx vitest run test/unit/training/finetune.test.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArchitectureName } from '../../../src/architectures';
import { createRandom, uniform } from '../../../src/common/random';
import { startEngine } from '../../../src/engine/start';
import { initialWeightsOf } from '../../../src/weights/fromStudy';
import { createModel, type Model } from '../../../src/models/model';
import { initialWeights, type Weights } from '../../../src/models/weights';
import type { Batch } from '../../../src/training/step';
import { createTrainer, type Trainer } from '../../../src/training/trainer';
import { saveCheckpoint } from '../../checkpointFiles';
import { parseStudy } from '../../../src/study';
import { writeNetwork } from '../../timm/network';

/**
 * The classes that the given file tells apart: where they are not ten, the classifier is replaced. And how many images
 * the micro-batches of each step hold.
 */
const STARTS: readonly (readonly [name: string, ArchitectureName, size: number, classes: number, parts: number[]])[] = [
  ['efficientnet_b0', 'efficientnet_b0', 64, 1000, [8]],
  ['resnet18', 'resnet18', 64, 1000, [8]],
  ['resnet20', 'resnet20', 32, 10, [8]],
  ['resnet20-in-parts', 'resnet20', 32, 10, [3, 3, 2]],
];
/** Low: at 0.01 EfficientNet's fifth loss is a matter of rounding, in which engines as exact as PyTorch differ by 1e-2. */
const HYPER = { learningRate: 0.002, momentum: 0.9, weightDecay: 5e-4 };
const STEPS = 5;
const BATCH = 8;
const scripts = join(import.meta.dirname, '..', '..', 'timm');
const python = process.env['EPOCHLENS_PYTHON'];

describe('fine-tuning', () => {
  const folder = mkdtempSync(join(tmpdir(), 'epochlens-finetune-'));
  const starts = new Map<string, { model: Model; weights: Weights }>();
  let expected: Record<string, number[]>;

  beforeAll(async () => {
    await startEngine('auto');
    for (const [name, architecture, size, classes, parts] of STARTS) {
      const given = createModel(architecture, size, classes);
      await saveCheckpoint(join(folder, `given-${architecture}.safetensors`), given, trained(given), {});
      const model = createModel(architecture, size, 10);
      const weights = await initialWeightsOf(study(architecture, size), folder, model);
      starts.set(name, { model, weights });
      writeNetwork(folder, architecture);
      await saveCheckpoint(join(folder, `${name}.safetensors`), model, weights, {});
      writeFileSync(join(folder, `${name}.json`), JSON.stringify({ architecture, size, parts, ...HYPER }));
    }
    const kept = join(scripts, 'finetune.json');
    const asked =
      python === undefined
        ? undefined
        : execFileSync(python, [join(scripts, 'finetune.py'), folder], { encoding: 'utf8' });
    if (asked !== undefined && process.env['EPOCHLENS_RENEW'] !== undefined) writeFileSync(kept, asked);
    expected = JSON.parse(asked ?? readFileSync(kept, 'utf8')) as Record<string, number[]>;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(STARTS)('%s: has PyTorch’s first five losses', (name, _architecture, size, _classes, parts) => {
    const { model, weights } = starts.get(name)!;
    const trainer = createTrainer(model, weights);
    const losses: number[] = [];
    for (let step = 0; step < STEPS; step++) {
      const values = uniform(`finetune-${size}-${step}`, BATCH * size * size * 3);
      const images = tf.tensor4d(
        Float32Array.from(values, (draw) => 4 * draw - 2),
        [BATCH, size, size, 3],
      );
      const labels = tf.tensor1d(
        Int32Array.from({ length: BATCH }, (_, index) => (index + step) % 10),
        'int32',
      );
      losses.push(trainInParts(trainer, { images, labels }, parts));
      tf.dispose([images, labels]);
    }
    trainer.dispose();
    losses.forEach((loss, step) => {
      expect(Math.abs(loss - (expected[name]?.[step] ?? NaN)), `step ${step}`).toBeLessThan(2e-3);
    });
  });
});

/** @returns the mean loss */
function trainInParts(trainer: Trainer, batch: Batch, parts: readonly number[]): number {
  if (parts.length === 1) return trainer.step(batch, HYPER).loss;
  const images = tf.split<tf.Tensor4D>(batch.images, [...parts]);
  const labels = tf.split<tf.Tensor1D>(batch.labels, [...parts]);
  const losses = parts.map((count, part) => {
    const share = count / BATCH;
    return share * trainer.accumulate({ images: images[part]!, labels: labels[part]! }, share).loss;
  });
  trainer.update(HYPER);
  tf.dispose([images, labels]);
  return losses.reduce((sum, loss) => sum + loss, 0);
}

function study(architecture: ArchitectureName, inputSize: number) {
  const model = { architecture, inputSize, weights: `given-${architecture}.safetensors` };
  const parsed = parseStudy(JSON.stringify({ model, training: { seed: 5 } }), 'x');
  if (!parsed.ok) throw new Error('not a study');
  return parsed.study;
}

/** As a training leaves them: statistics and scales that are not all alike. */
function trained(model: Model): Weights {
  const random = createRandom('trained statistics');
  const weights = initialWeights(model, 1);
  return {
    ...weights,
    parameters: weights.parameters.map((value) => value + 0.002 * random.normal()),
    means: weights.means.map(() => 0.1 * random.normal()),
    variances: weights.variances.map(() => random.uniform(0.5, 1.5)),
  };
}
