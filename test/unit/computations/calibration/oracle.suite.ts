/** Logits by an engine, and what calibration makes of them, against PyTorch's numbers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { predictLogits } from '../../../../src/computations/calibration/logits';
import { perturbBatch } from '../../../../src/computations/robustness/perturbed';
import { loadTestImages } from '../../../../src/datasets';
import { calibrate } from '../../../../src/measures/calibration/calibrate';
import type { CalibrationScores } from '../../../../src/measures/calibration/measured';
import { disposeWeights, loadWeights } from '../../../../src/models/forward';
import { createModel } from '../../../../src/models/model';
import { readCheckpoint } from '../../../../src/weights/checkpoint';
import { sharedFolder } from '../../../shared';

interface Scores {
  readonly ece15: number;
  readonly nll: number;
  readonly brier: number;
}

interface Oracle {
  readonly mean: [number, number, number];
  readonly std: [number, number, number];
  readonly calibration: {
    readonly all: Scores;
    readonly half: number;
    readonly temperature: number;
    readonly secondHalf: Scores;
    readonly secondHalfAtTemperature: Scores;
  };
}

const STEPS = { signal: new AbortController().signal, yieldTurn: () => Promise.resolve() };

export function describeOracle(start: () => unknown): void {
  beforeAll(async () => {
    await start();
  });
  it('refuses logits that are no numbers', async () => {
    const model = createModel('resnet20', 32, 10);
    const { parameterCount, statisticsCount } = model;
    const weights = loadWeights({
      parameters: new Float32Array(parameterCount).fill(NaN),
      means: new Float32Array(statisticsCount),
      variances: new Float32Array(statisticsCount).fill(1),
      batchCount: 0,
    });
    const input = { inputSize: 32, mean: [0, 0, 0], std: [1, 1, 1] } as const;
    const set = { count: 3, height: 32, width: 32, pixels: new Uint8Array(3 * 3072), labels: new Uint8Array(3) };
    const steps = { ...STEPS, advance: () => undefined };
    const predicted = predictLogits({ model, weights, input, perturb: perturbBatch }, { set, count: 3 }, steps);
    await expect(predicted).rejects.toThrow('image 0: the network gives no finite numbers');
    disposeWeights(weights);
  });
  describe('the real ResNet-20 (shared folder)', () => {
    const root = sharedFolder();
    if (root === undefined) {
      it.skip('is not there');
      return;
    }
    it('is calibrated as PyTorch says', async () => {
      const oracle = JSON.parse(readFileSync(join(root, 'reference', 'explanations.json'), 'utf8')) as Oracle;
      const { mean, std, calibration: expected } = oracle;
      const model = createModel('resnet20', 32, 10);
      const { test } = await loadTestImages({ kind: 'cifar10', folder: join(root, 'data', 'cifar10') });
      const file = { path: join(root, 'models', 'resnet20.safetensors') };
      const weights = loadWeights((await readCheckpoint(file, model)).weights);
      let done = 0;
      const logits = await predictLogits(
        { model, weights, input: { inputSize: 32, mean, std }, perturb: perturbBatch },
        { set: test, count: test.count },
        { ...STEPS, advance: (images) => (done += images) },
      );
      disposeWeights(weights);
      expect(done).toBe(test.count);
      const of = { logits, labels: test.labels, classes: 10 };
      const { scores, temperature } = calibrate({ test: of, validation: undefined, perturbed: [] });
      expectScores(scores, expected.all);
      expect(temperature?.fitted).toEqual({ set: 'test', images: expected.half });
      expect(temperature?.limit).toBeNull();
      expect(Math.abs((temperature?.value ?? NaN) - expected.temperature)).toBeLessThan(1e-2);
      expect(temperature?.scored.first).toBe(expected.half);
      expectScores(temperature?.scored.atOne, expected.secondHalf);
      expectScores(temperature?.scored.atTemperature, expected.secondHalfAtTemperature);
    });
  });
}

function expectScores(found: CalibrationScores | undefined, { ece15, nll, brier }: Scores): void {
  expect(Math.abs((found?.equalWidth.ece ?? NaN) - ece15)).toBeLessThan(1e-5);
  expect(Math.abs((found?.nll ?? NaN) - nll)).toBeLessThan(1e-5);
  expect(Math.abs((found?.brier ?? NaN) - brier)).toBeLessThan(1e-5);
}
