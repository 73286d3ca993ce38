/** Heatmaps by the command line. */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { inMemory, loadTestImages, classNamesOf, EXAMPLE_DATASET } from '../../src/datasets';
import type { Explanation } from '../../src/computations/heatmaps/explanation';
import { decodeImageFile } from '../../src/imageFiles';
import { encodePng } from '../../src/imaging';
import { openRun } from '../../src/runs';
import { relativeError } from '../referenceNumbers';
import {
  dist,
  engines,
  epochlens,
  readJson,
  shared,
  succeed,
  temporaryFolder,
  TINY,
  withShared,
  writeStudy,
} from './cli';

async function explain(args: readonly string[], cwd?: string): Promise<Explanation[]> {
  return JSON.parse(await succeed(['explain', ...args, '--json'], { cwd: cwd ?? dist })) as Explanation[];
}

describe('explain RUN', () => {
  let folder: string;
  let run: string;
  let study: string;
  const embedded = ['--engine', 'wasm'];

  beforeAll(async () => {
    folder = await temporaryFolder();
    run = join(folder, 'run');
    study = await writeStudy(folder, { ...TINY, training: { ...TINY.training, epochs: 1 } });
    await succeed(['train', study, '--engine', 'wasm', '--run', run]);
  });

  it('gives a document for each of the study’s images at each checkpoint', async () => {
    const explanations = await explain([run, ...embedded]);
    expect(explanations.map(({ checkpoint, image }) => [checkpoint, image])).toEqual([
      [0, 'test:3'],
      [0, 'test:17'],
      [1, 'test:3'],
      [1, 'test:17'],
    ]);
    for (const explanation of explanations) {
      expect(Object.keys(explanation)).toEqual([
        'image',
        'checkpoint',
        'label',
        'predicted',
        'probabilities',
        'logits',
        'targetClass',
        'method',
        'layer',
        'heatmap',
        'flat',
      ]);
      const { probabilities, logits, predicted, targetClass, method, heatmap, layer, flat } = explanation;
      expect([probabilities.length, logits.length]).toEqual([10, 10]);
      expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 10);
      expect(logits[predicted]).toBe(Math.max(...logits));
      expect([targetClass, method, layer, flat]).toEqual([predicted, 'gradcam', 'layer3.2', false]);
      expect([heatmap.height, heatmap.width, heatmap.values.length]).toEqual([8, 8, 64]);
      expect(Math.min(...heatmap.values)).toBeGreaterThanOrEqual(0);
    }
  });

  it('takes images, checkpoints, class and layer from the options', async () => {
    const asked = ['--images', 'test:5', 'train:0,1', '--checkpoints', '1,0', '--layer', 'layer2'];
    const explanations = await explain([
      run,
      ...asked,
      '--class',
      classNamesOf(EXAMPLE_DATASET)?.[7] ?? '',
      ...embedded,
    ]);
    expect(explanations.map(({ checkpoint, image }) => `${image} at ${String(checkpoint)}`)).toEqual([
      'test:5 at 1',
      'train:0 at 1',
      'train:1 at 1',
      'test:5 at 0',
      'train:0 at 0',
      'train:1 at 0',
    ]);
    for (const { targetClass, layer, heatmap } of explanations) {
      expect([targetClass, layer, heatmap.height]).toEqual([7, 'layer2.2', 16]);
    }
  });

  it('takes the method from the option, else from the study, and keeps the maps of each', async () => {
    const training = { ...TINY.training, epochs: 0 };
    const hires = await writeStudy(folder, { ...TINY, training, explain: { method: 'hirescam' } }, 'hires');
    await succeed(['train', hires, ...embedded]);
    const asked = [hires, '--images', 'test:5', '--layer', 'layer2'];
    const largest: number[] = [];
    for (const method of ['hirescam', 'layercam', 'gradcam']) {
      const option = method === 'hirescam' ? [] : ['--method', method];
      const [first] = await explain([...asked, ...option, ...embedded]);
      expect(first?.method).toBe(method);
      largest.push(Math.max(...(first?.heatmap.values ?? [])));
      // What is kept needs no engine, and is of this method.
      const kept = await epochlens(['explain', ...asked, ...option, ...embedded, '--json']);
      expect(kept.stderr).not.toContain('Engine:');
      expect(JSON.parse(kept.stdout)).toEqual([first]);
    }
    expect(new Set(largest).size).toBe(3);
    const wrong = await epochlens(['explain', ...asked, '--method', 'scorecam']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain(
      '--method: not a value of this option: found "scorecam", expected one of gradcam, hirescam, layercam, gradcam++, xgradcam',
    );
  });

  it('fuses the maps of several layers, and keeps them under one name', async () => {
    const asked = [run, '--images', 'test:5', '--checkpoints', '1', '--layer', ' maximum(layer3, layer2)'];
    const [first] = await explain([...asked, ...embedded]);
    expect(first).toMatchObject({ layer: 'maximum(layer2.2, layer3.2)', heatmap: { height: 16, width: 16 } });
    const { values } = first!.heatmap;
    expect(Math.max(...values)).toBeGreaterThan(0.5);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    const kept = await epochlens(['explain', ...asked, ...embedded, '--json']);
    expect(kept.stderr).not.toContain('Engine:');
    expect(JSON.parse(kept.stdout)).toEqual([first]);
    const wrong = await epochlens(['explain', run, '--layer', 'mean(layer3)']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('--layer: a fusion of too few layers: found "mean(layer3)"');
  });

  it('takes the label as the class, and a study file for its newest run', async () => {
    const newest = await writeStudy(folder, { ...TINY, training: { ...TINY.training, epochs: 0 } }, 'newest');
    await succeed(['train', newest, ...embedded]);
    const [first] = await explain([newest, '--class', 'label', ...embedded]);
    expect(first?.targetClass).toBe(first?.label);
    expect(first?.checkpoint).toBe(0);
  });

  it('names the classes of the run’s data set, of an image file too', async () => {
    await writeFile(
      join(folder, 'grey.png'),
      encodePng({ height: 32, width: 32, pixels: new Uint8Array(3072).fill(128) }),
    );
    const stdout = await succeed(['explain', run, 'grey.png', '--checkpoints', '0', ...embedded], { cwd: folder });
    const { manifest } = await openRun(run);
    const [header, row] = stdout.trimEnd().split('\n');
    // A file's label is not known: it has no column.
    expect(header).toMatch(/^image +epoch +predicted +confidence +heat at most$/);
    const cells = row?.split(/ {2,}/) ?? [];
    expect(cells.slice(0, 2)).toEqual(['grey.png', '0']);
    expect(manifest.dataset.classNames).toContain(cells[2]);
  });

  it('takes the images of the study file as it is now, while it describes the run’s training', async () => {
    const tiny = { ...TINY, training: { ...TINY.training, epochs: 1 } };
    await writeStudy(folder, { ...tiny, explain: { images: { test: [5] }, checkpoints: [1], layer: 'layer2' } });
    const now = await explain([run, ...embedded]);
    expect(now.map(({ image, checkpoint, layer }) => [image, checkpoint, layer])).toEqual([['test:5', 1, 'layer2.2']]);
    await writeStudy(folder, tiny);
  });

  it('brings a picture of any shape to the input as the study or an option says, and draws it in its own shape', async () => {
    const tiny = { ...TINY, training: { ...TINY.training, epochs: 1 } };
    await writeStudy(folder, { ...tiny, explain: { ...TINY.explain, resize: 'crop' } });
    const pixels = Uint8Array.from({ length: 90 * 60 * 3 }, (_, i) => (i * i) % 251);
    await writeFile(join(folder, 'wide.png'), encodePng({ height: 60, width: 90, pixels }));
    const at = ['wide.png', '--checkpoints', '1', ...embedded];
    const [crop] = await explain([run, ...at, '--out', 'wide'], folder);
    // The shorter side becomes ⌊32 ÷ 0.875⌋ = 36: and 11 of 54 pixels are cut off on the left.
    expect(crop?.picture).toEqual({
      height: 60,
      width: 90,
      resize: { mode: 'crop', cropFraction: 0.875, interpolation: 'bicubic' },
      inputBox: { left: (11 / 54) * 90, top: (2 / 36) * 60, width: (32 / 54) * 90, height: (32 / 36) * 60 },
    });
    const drawn = await decodeImageFile(join(folder, 'wide', 'wide_epoch-001.png'));
    expect([drawn.height, drawn.width]).toEqual([171, 256]);
    const [pad] = await explain([run, ...at, '--resize', 'pad'], folder);
    expect(pad?.picture?.resize).toEqual({ mode: 'pad', interpolation: 'bicubic' });
    const [wider] = await explain([run, ...at, '--resize', 'crop', '--crop-fraction', '1'], folder);
    expect(new Set([crop, pad, wider].map((each) => each?.logits.join())).size).toBe(3);
    // As earlier versions did it, and do where a study says nothing.
    const [stretched] = await explain([run, ...at, '--resize', 'stretch'], folder);
    await writeStudy(folder, tiny);
    const [former] = await explain([run, ...at], folder);
    expect(former).toEqual(stretched);
    const refused = await epochlens(['explain', run, ...at, '--crop-fraction', '0.5'], { cwd: folder });
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--resize crop') as string]);
  });

  it('goes by the run folder where the study file is gone', async () => {
    await rm(study);
    expect(await explain([run, '--checkpoints', '1', '--images', 'test:3', ...embedded])).toHaveLength(1);
  });
});

describe.skipIf(shared === undefined)(withShared('explain --weights'), () => {
  const root = shared ?? '';
  const model = [
    ...['--weights', join(root, 'models', 'resnet20.safetensors'), '--architecture', 'resnet20'],
    ...['--mean', '0.485,0.456,0.406', '--std', '0.229,0.224,0.225'],
  ];
  const data = join(root, 'data', 'cifar10');
  let folder: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const { test } = await loadTestImages({ kind: 'cifar10', folder: data });
    for (const index of [0, 1]) {
      const pixels = inMemory(test).pixels.slice(index * 3072, (index + 1) * 3072);
      await mkdir(join(folder, String(index)));
      await writeFile(join(folder, String(index), 'cat.png'), encodePng({ height: 32, width: 32, pixels }));
    }
  });

  const ofSet = ['--data', data, '--images', 'test:0,1'];

  it('gives the logits that PyTorch gives, and the same on every engine', async () => {
    const { logits_first8: logits } = await readJson<{ logits_first8: number[][] }>(
      join(root, 'models', 'resnet20.json'),
    );
    const perEngine: Explanation[][] = [];
    for (const engine of engines) {
      for (const layer of ['auto', 'layer1']) {
        const explanations = await explain([...model, ...ofSet, '--layer', layer, '--engine', engine]);
        expect(explanations.map(({ checkpoint }) => checkpoint)).toEqual([null, null]);
        explanations.forEach((explanation, index) => {
          expect(relativeError(explanation.logits, logits[index] ?? [])).toBeLessThan(1e-3);
        });
        perEngine.push(explanations);
      }
    }
    const [auto = [], inner = [], ...native] = perEngine;
    native.forEach((explanations, index) => {
      const embedded = index === 0 ? auto : inner;
      explanations.forEach(({ heatmap, logits: values, predicted, label }, image) => {
        expect(relativeError(heatmap.values, embedded[image]?.heatmap.values ?? [])).toBeLessThan(1e-3);
        expect(relativeError(values, embedded[image]?.logits ?? [])).toBeLessThan(1e-3);
        expect([predicted, label]).toEqual([embedded[image]?.predicted, embedded[image]?.label]);
      });
    });
  });

  it('takes image files of the input size as they are, and writes a picture of each, told apart', async () => {
    const fromSet = await explain([...model, ...ofSet, '--engine', 'wasm']);
    const files = ['0/cat.png', '1/cat.png'];
    const fromFiles = await explain([...files, ...model, '--out', 'out', '--engine', 'wasm'], folder);
    expect(fromFiles.map(({ image, label }) => [image, label])).toEqual(files.map((file) => [file, null]));
    expect(fromFiles.map(({ logits, heatmap }) => ({ logits, heatmap }))).toEqual(
      fromSet.map(({ logits, heatmap }) => ({ logits, heatmap })),
    );
    const out = join(folder, 'out');
    expect((await readdir(out)).sort()).toEqual(['cat-2.png', 'cat.png', 'heatmaps.json']);
    const written = await readJson<object[]>(join(out, 'heatmaps.json'));
    expect(written.map((each) => ({ architecture: 'resnet20', ...each }))).toEqual(fromFiles);
    const [first, second] = await Promise.all(['cat.png', 'cat-2.png'].map((name) => decodeImageFile(join(out, name))));
    expect([first?.height, first?.width]).toEqual([256, 256]);
    expect(Buffer.compare(Buffer.from(first?.pixels ?? []), Buffer.from(second?.pixels ?? []))).not.toBe(0);
  });
});

it('flags the single cell of EfficientNet-B0 at 32×32 as flat', async () => {
  const folder = await temporaryFolder();
  const study = await writeStudy(folder, {
    dataset: { kind: 'synthetic', trainCount: 10, testCount: 10 },
    model: { architecture: 'efficientnet_b0', inputSize: 32 },
    training: { epochs: 0 },
    explain: { images: { test: [0] } },
  });
  await succeed(['train', study, '--engine', 'wasm']);
  const [map] = await explain([study, '--engine', 'wasm']);
  expect([map?.layer, map?.heatmap.height, map?.heatmap.width, map?.flat]).toEqual(['bn2', 1, 1, true]);
  const { stdout } = await epochlens(['explain', study, '--engine', 'wasm', '--out', join(folder, 'out')]);
  expect(stdout).toMatch(/flat\n/);
  expect((await readFile(join(folder, 'out', 'test-0_epoch-000.png'))).length).toBeGreaterThan(100);
});
