/** The real model on the real images, on every engine that is here. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engines, epochlens, readJson, shared, succeed, withShared } from './cli';

interface Evaluation {
  readonly accuracyInterval: { readonly low: number; readonly high: number } | null;
  readonly accuracy: number;
  readonly correct: number;
  readonly of: number;
  readonly loss: number;
  readonly predictions: number[];
}

describe.skipIf(shared === undefined)(withShared('evaluate'), () => {
  const folder = shared ?? '';
  const weights = join(folder, 'models', 'resnet20.safetensors');
  const data = join(folder, 'data', 'cifar10');
  const model = ['--weights', weights, '--architecture', 'resnet20', '--data', data];
  const imagenet = ['--mean', '0.485,0.456,0.406', '--std', '0.229,0.224,0.225'];

  it.each(engines)('predicts on %s what PyTorch predicts', async (engine) => {
    const stdout = await succeed(['evaluate', ...model, ...imagenet, '--engine', engine, '--json']);
    const result = JSON.parse(stdout) as Evaluation;
    const expected = await readJson<Evaluation>(join(folder, 'models', 'resnet20.json'));
    expect(result.of).toBe(expected.of);
    expect(Math.abs(result.correct - expected.correct)).toBeLessThanOrEqual(1);
    expect(result.accuracy).toBeCloseTo((100 * result.correct) / result.of, 10);
    // Wilson's, as SciPy has it: of 932 or a neighbour.
    expect(result.accuracyInterval?.low).toBeCloseTo(89.78, 0);
    expect(result.accuracyInterval?.high).toBeCloseTo(93.19, 0);
    expect(result.loss).toBeGreaterThan(0);
    const equal = result.predictions.filter((predicted, index) => predicted === expected.predictions[index]);
    expect(result.predictions).toHaveLength(expected.of);
    expect(equal.length).toBeGreaterThanOrEqual(expected.of - 2);
  });

  it('says it in a line, on standard output alone', async () => {
    const { stdout, stderr } = await epochlens(['evaluate', ...model, ...imagenet, '--engine', engines.at(-1) ?? '']);
    expect(stdout).toMatch(
      /^93\d of 1017 right, 91\.\d\d % \(95 % 89\.\d\d…93\.\d\d\), mean cross-entropy 0\.\d{4}\n$/,
    );
    expect(stderr).toMatch(/^Engine: /);
  });
});
