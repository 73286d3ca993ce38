/** How heatmaps move over epochs, by the command line and by the engine process, from one folder of kept maps. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEngine, type EngineClient } from '../../src/extension/engine/engineClient';
import { drawSet } from '../../src/datasets/synthetic';
import type { Params } from '../../src/protocol/contract';
import type { AttentionNumbers } from '../../src/measures/drift/numbers';
import type { EngineContract } from '../../src/protocol/engine';
import { spearman } from '../../src/measures/similarity/spearman';
import { runPaths } from '../../src/runs';
import { dist, epochlens, succeed, temporaryFolder, TINY, writeStudy } from './cli';

interface Document extends AttentionNumbers {
  readonly settled: number | null;
  readonly layer: string;
  readonly images: (AttentionNumbers['images'][number] & { readonly image: string })[];
}

interface Explained {
  readonly image: string;
  readonly checkpoint: number;
  readonly flat: boolean;
  readonly predicted: number;
  readonly heatmap: { readonly height: number; readonly width: number; readonly values: number[] };
}

/** [row, column], each 0 … 1. */
function centreOfMass({ height, width, values }: Explained['heatmap']): [row: number, column: number] {
  const total = values.reduce((a, b) => a + b, 0);
  const row = values.reduce((sum, heat, cell) => sum + heat * (Math.floor(cell / width) + 0.5), 0);
  const column = values.reduce((sum, heat, cell) => sum + heat * ((cell % width) + 0.5), 0);
  return [row / total / height, column / total / width];
}

describe('attention', () => {
  let run: string;
  let client: EngineClient;
  const lines: string[] = [];
  const note = (text: string): unknown => lines.push(text);
  const asked: Params<EngineContract, 'attention'> = {
    run: '',
    epochs: [2, 0, 1],
    images: [
      { kind: 'set', set: 'test', index: 3 },
      { kind: 'file', path: 'no-such.png' },
      { kind: 'set', set: 'test', index: 17 },
    ],
    layer: 'auto',
    target: 'predicted',
  };

  beforeAll(async () => {
    const folder = await temporaryFolder();
    run = join(folder, 'run');
    await succeed(['train', await writeStudy(folder, TINY), '--engine', 'wasm', '--run', run]);
    client = connectEngine({
      program: join(dist, 'engine.js'),
      choice: () => 'wasm',
      log: { info: note, warn: note, error: note },
    });
  });
  afterAll(() => {
    client.dispose();
  });

  const kept = async (kind: string): Promise<number> =>
    (await readdir(runPaths(run).results).catch(() => [])).filter((name) => name.startsWith(kind)).length;

  it('is worked out of the heatmaps that explain shows, in a document', async () => {
    const explained = JSON.parse(await succeed(['explain', run, '--engine', 'wasm', '--json'])) as Explained[];
    const document = JSON.parse(await succeed(['attention', run, '--engine', 'wasm', '--json'])) as Document;
    expect([document.layer, document.epochs.map(({ epoch }) => epoch)]).toEqual(['layer3.2', [0, 1, 2]]);
    expect(document.images.map(({ image }) => image)).toEqual(['test:3', 'test:17']);
    const { masks } = drawSet('test', 20, 1);
    const area = [3, 17].map((index) => masks!.subarray(index * 1024, (index + 1) * 1024).reduce((a, b) => a + b, 0));
    expect(document.maskArea).toBeCloseTo((area[0]! + area[1]!) / 2048, 12);
    for (const { image, points } of document.images) {
      for (const point of points) {
        const of = explained.find((each) => each.image === image && each.checkpoint === point.epoch)!;
        expect(point.predicted).toBe(of.predicted);
        expect(point.centre === null).toBe(of.flat);
        if (of.flat) continue;
        const [row, column] = centreOfMass(of.heatmap);
        expect(point.centre![0]).toBeCloseTo(row, 4);
        expect(point.centre![1]).toBeCloseTo(column, 4);
        expect(point.inMask).toBeGreaterThanOrEqual(0);
        expect(point.inMask).toBeLessThanOrEqual(1);
      }
    }
    expect(document.epochs[0]?.fromPrevious).toBeNull();
    expect(document.randomisation).not.toBeNull();
    const { settling, settled } = document;
    expect(settled).toBe(settling.target.kind === 'settled' ? settling.target.epoch : null);
  });

  it('follows one class beside what each checkpoint predicts, so that a change of prediction moves nothing', async () => {
    const document = JSON.parse(await succeed(['attention', run, '--images', 'test:0-7', '--json'])) as Document;
    // Of these images some are predicted otherwise at first: else this would show nothing.
    const changed = document.images.filter(({ points }) => points[0]!.predicted !== points.at(-1)!.predicted);
    expect(changed.length).toBeGreaterThan(0);
    expect(document.epochs[0]?.changed).toEqual({ fromPrevious: null, fromLast: changed.length });
    for (const { image, points } of changed.slice(0, 2)) {
      const last = String(points.at(-1)!.predicted);
      const ofClass = ['explain', run, '--images', image, '--class', last, '--checkpoints', '0,2', '--json'];
      const maps = (JSON.parse(await succeed(ofClass)) as Explained[]).map(({ heatmap }) => heatmap);
      const [first, final] = maps.map(centreOfMass);
      const { fromLast } = points[0]!.fixed.lastPrediction;
      expect(fromLast.centreShift).toBeCloseTo(Math.hypot(first![0] - final![0], first![1] - final![1]), 4);
    }
    // The label, by hand the same as what the label as the target has.
    const ofLabel = JSON.parse(
      await succeed(['attention', run, '--images', 'test:0-7', '--target', 'label', '--json']),
    ) as Document;
    expect(ofLabel.epochs.map(({ fromLast }) => fromLast)).toEqual(
      document.epochs.map(({ fixed }) => fixed.label?.fromLast),
    );
    expect(ofLabel.settling.target).toEqual(document.settling.label);
  });

  it('is answered by the engine process with the same numbers, without an engine where they are kept', async () => {
    const progress: unknown[] = [];
    lines.length = 0;
    const result = await client.request('attention', { ...asked, run }, { progress: (value) => progress.push(value) });
    expect(progress).toEqual([]);
    expect(client.state).toEqual({ kind: 'running', engine: undefined });
    const document = JSON.parse(await succeed(['attention', run, '--json'])) as Document;
    expect(result.epochs).toEqual(document.epochs);
    expect(result.settling).toEqual(document.settling);
    const [first, unusable, last] = result.images;
    expect([first?.points, last?.points]).toEqual(document.images.map(({ points }) => points));
    expect(unusable).toMatchObject({ image: { usable: false, name: 'no-such.png' }, points: [], settled: null });
    expect(result.layer).toEqual({ name: 'layer3.2', height: 8, width: 8 });
  });

  it.each(['predicted', 'label'])('follows maps of one class, of the input’s resolution: %s', async (target) => {
    const method = ['--method', 'input_x_gradient', '--images', 'test:3,17', '--engine', 'wasm', '--json'];
    const document = JSON.parse(await succeed(['attention', run, '--target', target, ...method])) as Document;
    const explained = JSON.parse(await succeed(['explain', run, '--class', target, ...method])) as Explained[];
    expect(document.layer).toBe('input');
    expect(explained).toHaveLength(6);
    expect(explained.some(({ heatmap }) => Math.min(...heatmap.values) < 0)).toBe(true);
    for (const { image, points } of document.images) {
      const maps = explained.filter((each) => each.image === image);
      for (const [at, { epoch, centre, entropy, inMask, fromLast }] of points.entries()) {
        const [{ heatmap, flat }, last] = [maps[at]!, maps.at(-1)!];
        expect([epoch, heatmap.height, heatmap.width]).toEqual([at, 32, 32]);
        if (flat || last.flat) expect(fromLast.spearman).toBeNull();
        else expect(fromLast.spearman).toBeCloseTo(spearman(heatmap.values, last.heatmap.values)!, 3);
        // Heat is what speaks for the class.
        const values = heatmap.values.map((value) => Math.max(0, value));
        if (flat || Math.max(...values) === 0) {
          expect([centre, entropy, inMask]).toEqual([null, null, null]);
          continue;
        }
        const [row, column] = centreOfMass({ ...heatmap, values });
        expect(centre![0]).toBeCloseTo(row, 4);
        expect(centre![1]).toBeCloseTo(column, 4);
        for (const share of [entropy, inMask]) expect(share! >= 0 && share! <= 1).toBe(true);
      }
    }
    expect(document.images.some(({ points }) => points.some(({ centre }) => centre !== null))).toBe(true);
  });

  it('takes kept heatmaps, also where the numbers are of other images or of the label', async () => {
    lines.length = 0;
    const result = await client.request('attention', { ...asked, run, target: 'label', images: [asked.images[2]!] });
    expect(client.state).toEqual({ kind: 'running', engine: undefined });
    expect(result.images).toHaveLength(1);
    expect(result.epochs.map(({ flat }) => flat <= 1)).toEqual([true, true, true]);
  });

  it('stops when it is given up, and goes on from what it has done', async () => {
    const images = Array.from({ length: 20 }, (_, index) => ({ kind: 'set', set: 'test', index }) as const);
    const cancel = new AbortController();
    const before = await kept('heatmaps');
    const given = client.request(
      'attention',
      { ...asked, run, images, layer: 'layer2' },
      { signal: cancel.signal, progress: () => cancel.abort() },
    );
    await expect(given).rejects.toMatchObject({ failure: { reason: 'cancelled' } });
    const counts: { done: number; of: number }[] = [];
    await client.request(
      'attention',
      { ...asked, run, images, layer: 'layer2' },
      { progress: (value) => 'done' in value && counts.push(value) },
    );
    expect(counts.at(-1)).toEqual({ done: 60, of: 60 });
    expect((await kept('heatmaps')) - before).toBe(60);
  });

  it('prints a table, and what it finds', async () => {
    await rm(runPaths(run).results, { recursive: true });
    const stdout = await succeed(['attention', run, '--images', 'test:0-4', '--engine', 'wasm']);
    const rows = stdout.split('\n');
    expect(rows[0]).toMatch(
      /^epoch +ρ previous +of images +ρ last +of images +overlap last +shift last +entropy +in mask +flat$/,
    );
    const oneClass = rows.findIndex((row) => row.startsWith('Of one class at all checkpoints'));
    expect(rows[oneClass + 1]).toMatch(/shift last +predicted otherwise$/);
    expect(rows[oneClass + 4]).toMatch(/^2 .* 5 of 5 +1\.000 .* 0 of 5$/);
    expect(stdout).toMatch(/^Focus on the class predicted last /m);
    expect(stdout).toMatch(/^Between epochs 0 and 2 the prediction of [0-5] of 5 images changes/m);
    expect(rows.slice(1, 4).map((row) => row.replace(/ .*of/, ' … of'))).toEqual(['0 … of 5', '1 … of 5', '2 … of 5']);
    expect(stdout).toMatch(/^Focus (settles at epoch \d|does not settle before)/m);
    expect(stdout).toMatch(/^Randomisation check: ρ -?[01]\.\d{3} \(5 images: no interval below \d+ images\)/m);
    expect(stdout).toMatch(/masks cover \d\d\.\d % of the images/);
  });

  it.each([
    [['--images', 'test:9-3'], 'a range that ends before it begins'],
    [['--images', 'test:0-20'], 'test:20'],
    [['--target', 'cat'], 'one of predicted, label'],
    [['--layer', 'nowhere'], '--layer: no such layer'],
    [['--checkpoints', '7'], 'no checkpoint of epoch 7'],
  ])('refuses %j', async (args, words) => {
    const { code, stderr } = await epochlens(['attention', run, ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words) as string]);
  });
});
