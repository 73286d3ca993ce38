/** Methods of the input's resolution, several at once, and how far methods agree, by the command line. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/computations/heatmaps/explanation';
import { resample } from '../../src/imaging/resample';
import type { AgreementNumbers } from '../../src/measures/agreement/numbers';
import { spearman } from '../../src/measures/similarity/spearman';
import { runPaths } from '../../src/runs';
import { epochlens, launch, succeed, temporaryFolder, TINY, writeStudy } from './cli';

let folder: string;
let run: string;
const embedded = ['--engine', 'wasm'];
const STUDY = { ...TINY, training: { ...TINY.training, epochs: 1 } };

beforeAll(async () => {
  folder = await temporaryFolder();
  run = join(folder, 'run');
  await succeed(['train', await writeStudy(folder, STUDY), ...embedded, '--run', run]);
});

/** @param computes whether an engine has to be started for it */
async function explain(args: readonly string[], computes: boolean): Promise<Explanation[]> {
  const { code, stdout, stderr } = await epochlens(['explain', run, ...args, ...embedded, '--json']);
  expect(code).toBe(0);
  expect(stderr.includes('Engine:')).toBe(computes);
  return JSON.parse(stdout) as Explanation[];
}

function sumOf({ heatmap: { values } }: Explanation): number {
  return values.reduce((a, b) => a + b, 0);
}

describe('a map of the input’s resolution', () => {
  const occlusion = ['--method', 'occlusion', '--parameter', 'window=16', '--parameter', 'stride=8'];

  it('is of the class asked for, and is taken from the run the second time', async () => {
    const maps = await explain([...occlusion, '--class', 'label'], true);
    expect(maps.map(({ image, checkpoint }) => `${image} at ${String(checkpoint)}`)).toEqual([
      'test:3 at 0',
      'test:17 at 0',
      'test:3 at 1',
      'test:17 at 1',
    ]);
    for (const { method, layer, heatmap, label, targetClass, parameters } of maps) {
      expect([method, layer, heatmap.height, heatmap.width]).toEqual(['occlusion', 'input', 32, 32]);
      expect(targetClass).toBe(label);
      expect(parameters).toEqual({ window: 16, stride: 8, fill: 'mean' });
      expect(heatmap.values.length).toBe(1024);
      expect(new Set(heatmap.values).size).toBeGreaterThan(4);
    }
    expect(await explain([...occlusion, '--class', 'label'], false)).toEqual(maps);
    const others = await explain([...occlusion, '--class', '9'], true);
    expect(others.map(({ targetClass }) => targetClass)).toEqual([9, 9, 9, 9]);
    expect(others[0]?.heatmap).not.toEqual(maps[0]?.heatmap);
  });

  it('sums to the difference of the logit that its baseline makes', async () => {
    const asked = ['--method', 'integrated_gradients', '--parameter', 'steps=50', '--images', 'test:3'];
    asked.push('--checkpoints', '1');
    const [map] = await explain(asked, true);
    const gap = Math.abs(sumOf(map!) - map!.expectedSum!);
    expect(gap).toBeLessThan(0.05 * Math.max(1, Math.abs(map!.expectedSum!)));
    expect(await explain(asked, false)).toEqual([map]);
    const [blurred] = await explain([...asked, '--parameter', 'baseline=blur'], true);
    expect(blurred?.expectedSum).not.toBeCloseTo(map!.expectedSum!, 3);
  });

  it('is kept by its seed and every other parameter', async () => {
    const asked = ['--method', 'smoothgrad', '--parameter', 'samples=4', '--images', 'test:3', '--checkpoints', '1'];
    const [one] = await explain(asked, true);
    expect(one).not.toHaveProperty('expectedSum');
    const [two] = await explain([...asked, '--parameter', 'seed=2'], true);
    const [more] = await explain([...asked, '--parameter', 'noise=0.3'], true);
    expect(two?.heatmap).not.toEqual(one?.heatmap);
    expect(more?.heatmap).not.toEqual(one?.heatmap);
    expect(await explain([...asked, '--parameter', 'seed=1'], false)).toEqual([one]);
    expect(await explain([...asked, '--parameter', 'seed=2'], false)).toEqual([two]);
  });

  it('stops within a batch where it is interrupted', async () => {
    const asked = ['--method', 'rise', '--parameter', 'masks=10000', ...embedded, '--json'];
    const running = launch(['explain', run, ...asked]);
    await running.said('Engine:');
    const begin = performance.now();
    running.child.kill('SIGINT');
    const { code, stdout } = await running.finished;
    // All of them take minutes.
    expect(performance.now() - begin).toBeLessThan(10_000);
    expect([code, stdout]).toEqual([1, '']);
  });

  it.each([
    [
      ['--method', 'occlusion', '--parameter', 'window=33'],
      /window: Occlusion cannot be had.*found 33, expected a whole number from 1 to 32/,
    ],
    [['--method', 'rise', '--parameter', 'window=8'], /found 8, expected one of masks, grid, keep, seed/],
    [['--method', 'gradcam,lime'], /--method: not a value of this option: found "lime", expected one of gradcam/],
    [['--method', 'input_x_gradient', '--class', '99'], /--class: .*99.*0.*9/],
  ])('is refused with what could be chosen: %j', async (args, pattern) => {
    const { code, stderr } = await epochlens(['explain', run, ...args]);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(pattern);
    expect(code).toBe(2);
  });
});

describe('several methods at once', () => {
  const asked = ['--method', 'gradcam,occlusion', '--parameter', 'window=16', '--parameter', 'stride=8'];

  it('give their documents one after another, each with its name', async () => {
    const maps = await explain([...asked, '--images', 'test:3', '--layer', 'layer2'], true);
    expect(maps.map(({ method, layer, checkpoint }) => [method, layer, checkpoint])).toEqual([
      ['gradcam', 'layer2.2', 0],
      ['gradcam', 'layer2.2', 1],
      ['occlusion', 'input', 0],
      ['occlusion', 'input', 1],
    ]);
    expect(maps.map(({ parameters }) => parameters?.['window'])).toEqual([undefined, undefined, 16, 16]);
  });

  it('take the settings of the study where none are named', async () => {
    const parameters = { window: 16, stride: 8 };
    await writeStudy(folder, { ...STUDY, explain: { ...TINY.explain, method: 'occlusion', parameters } });
    const some = ['--images', 'test:3', '--checkpoints', '1'];
    const [own] = await explain(some, false);
    expect([own?.method, own?.parameters]).toEqual(['occlusion', { window: 16, stride: 8, fill: 'mean' }]);
    const [given] = await explain([...some, '--parameter', 'stride=4'], true);
    expect(given?.parameters).toEqual({ window: 8, stride: 4, fill: 'mean' });
    await writeStudy(folder, STUDY);
  });

  it('have a heading and a folder of pictures each', async () => {
    const out = join(folder, 'pictures');
    const stdout = await succeed(['explain', run, ...asked, '--images', 'test:3', '--out', out, ...embedded]);
    expect(stdout.split('\n').filter((line) => ['Grad-CAM', 'Occlusion'].includes(line))).toHaveLength(2);
    expect((await readdir(out)).sort()).toEqual(['gradcam', 'occlusion']);
    expect(await readdir(join(out, 'occlusion'))).toContain('heatmaps.json');
  });
});

describe('agreement', () => {
  const methods = ['--method', 'gradcam,layercam,occlusion', '--parameter', 'window=16', '--parameter', 'stride=8'];
  type Document = AgreementNumbers & { readonly images: string[] };

  async function agreement(computes: boolean): Promise<Document> {
    const { code, stdout, stderr } = await epochlens(['agreement', run, ...methods, ...embedded, '--json']);
    expect(code).toBe(0);
    expect(stderr.includes('Engine:')).toBe(computes);
    return JSON.parse(stdout) as Document;
  }

  it('is what the maps that explain shows have in common, and is kept', async () => {
    const document = await agreement(true);
    expect(document.images).toEqual(['test:3', 'test:17']);
    expect(document.pairs).toEqual([
      { a: 0, b: 1, height: 8, width: 8, isSame: false },
      { a: 0, b: 2, height: 8, width: 8, isSame: false },
      { a: 1, b: 2, height: 8, width: 8, isSame: false },
    ]);
    const maps = await explain(methods, false);
    for (const { epoch, pairs } of document.epochs) {
      const onGrid = (method: string): number[][] =>
        maps
          .filter((map) => map.method === method && map.checkpoint === epoch)
          .map(({ heatmap }) => [...resample({ ...heatmap, channels: 1 }, 8, 8)]);
      const [cams, occlusions] = [onGrid('gradcam'), onGrid('occlusion')];
      const values = cams.map((map, image) => spearman(map, occlusions[image]!)!);
      expect(pairs[1]?.spearman?.n).toBe(2);
      expect(pairs[1]?.spearman?.mean).toBeCloseTo((values[0]! + values[1]!) / 2, 5);
    }
    expect(await agreement(false)).toEqual(document);
    // Two of the methods are kept already, in whatever order they are named.
    const two = await epochlens(['agreement', run, '--method', 'layercam,gradcam', ...embedded]);
    expect(two.stderr).not.toContain('Engine:');
    expect(two.stdout).toMatch(/At epoch 1 the rank correlation of LayerCAM and Grad-CAM is [-−]?\d/);
    expect((await readdir(runPaths(run).results)).filter((name) => name.startsWith('agreement'))).toHaveLength(6);
  });

  it('is computed again by verify, as maps of the input’s resolution are', async () => {
    const stdout = await succeed(['verify', run, '--reproduce', '1000', ...embedded, '--json']);
    const { runs } = JSON.parse(stdout) as {
      runs: { reproduction: { reproduced: { file: string; of: string; agrees: boolean; difference: number }[] } }[];
    };
    const reproduced = runs[0]!.reproduction.reproduced;
    expect(reproduced.filter(({ agrees }) => !agrees)).toEqual([]);
    expect(reproduced.filter(({ file }) => file.includes('agreement-'))).toHaveLength(6);
    for (const method of ['Integrated Gradients', 'SmoothGrad', 'Occlusion']) {
      const ofMethod = reproduced.filter(({ of, file }) => file.includes('heatmaps-') && of.includes(method));
      expect(ofMethod.length).toBeGreaterThan(0);
      expect(ofMethod.every(({ difference }) => difference === 0)).toBe(true);
    }
  });

  it.each([
    [
      ['--method', 'gradcam'],
      /--method: one method, which agrees with itself: found "gradcam", expected two or more of/,
    ],
  ])('is refused for %j', async (args, pattern) => {
    const { code, stderr } = await epochlens(['agreement', run, ...args]);
    expect(stderr).toMatch(pattern);
    expect(code).toBe(2);
  });
});
