/** The real model on the real images, on every engine that is here. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engines, epochlens, readJson, shared, succeed, temporaryFolder, withShared } from './cli';

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

describe('the data of a study, and arrays', () => {
  const watched = join(import.meta.dirname, '..', 'fixtures', 'watched');
  const network = ['evaluate', '--weights', join(watched, 'cnn.onnx'), '--engine', 'wasm', '--json'];
  const imagenet = ['--mean', '0.485,0.456,0.406', '--std', '0.229,0.224,0.225'];

  it('are evaluated on alike', async () => {
    const results = [];
    for (const data of ['cnn.epochlens.json', 'cnn.images.npy'])
      results.push(await succeed([...network, ...imagenet, '--data', join(watched, data)]));
    expect(results[1]).toBe(results[0]);
    const { of, predictions } = JSON.parse(results[0] ?? '') as Evaluation;
    expect(predictions).toHaveLength(of);
  });

  it('are refused without labels, classes or files, and nothing is left behind', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'pictures'));
    await writeFile(join(folder, 'pictures', 'a.png'), '');
    await writeFile(join(folder, 'images.npy'), '');
    const settings = { kind: 'arrays', classNames: ['a', 'b', 'c'], images: 'images.npy', labels: 'gone.npy' };
    const study = { dataset: settings, model: { architecture: 'resnet20' } };
    await writeFile(join(folder, 'x.epochlens.json'), JSON.stringify(study));
    const two = { ...study, dataset: { ...settings, classNames: ['a', 'b'] } };
    await writeFile(join(folder, 'two.epochlens.json'), JSON.stringify(two));
    const before = await readdir(folder);
    for (const [data, problem] of [
      ['images.npy', /images without their labels: expected labels\.npy beside it/],
      ['gone.npy', /no such file/],
      ['x.epochlens.json', /(images|gone)\.npy: /],
      ['two.epochlens.json', /a classifier of other classes than the data’s: found 3 classes, expected 2/],
      ['pictures', /a folder of pictures without classes/],
    ] as const) {
      const { code, stdout, stderr } = await epochlens([...network, ...imagenet, '--data', join(folder, data)]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(problem);
    }
    expect(await readdir(folder)).toEqual(before);
  });
});
