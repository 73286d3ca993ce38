/** The engine process on perturbation tests and perturbed images: the real program over a real channel. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inMemory, loadDataset } from '../../src/datasets';
import { drawnOf, perturb, PUBLISHED_PERTURBATIONS } from '../../src/perturbations';
import { connectEngine, type EngineClient } from '../../src/extension/engine/engineClient';
import { decodeImageFile } from '../../src/imageFiles';
import { resizePixels } from '../../src/imaging';
import type { Params, Result } from '../../src/protocol/contract';
import type { EngineContract } from '../../src/protocol/engine';
import type { PerturbedProgress, RobustnessProgress, RobustnessResultMessage } from '../../src/protocol/engine';
import { checkpointPath, runPaths } from '../../src/runs';
import { readStudy } from '../../src/study';
import { replaceCheckpoint } from '../checkpointFiles';
import { dist, succeed, temporaryFolder, TINY, writeStudy } from './cli';

const NOISE = { kind: 'gaussianNoise', standardDeviation: 0.3, rounds: 2, images: 12 };
const TURN = { kind: 'rotation', rounds: 2, images: 12 };
const COVER = { kind: 'occlusion', pixels: 200, rounds: 2, images: 12 };

let folder: string;
let study: string;
let run: string;

const withPerturbations = (...perturbations: unknown[]): Promise<string> =>
  writeStudy(folder, { ...TINY, training: { ...TINY.training, epochs: 1 }, perturbations });

beforeAll(async () => {
  folder = await temporaryFolder();
  run = join(folder, 'run');
  study = await withPerturbations(NOISE, TURN);
  await succeed(['train', study, '--engine', 'wasm', '--run', run]);
});

let client: EngineClient;
function newClient(choice = 'wasm'): void {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  client = connectEngine({ program: join(dist, 'engine.js'), choice: () => choice, log });
}
afterEach(async () => {
  client.dispose();
  await rm(runPaths(run).results, { recursive: true, force: true });
});

interface Tested {
  readonly result: Result<EngineContract, 'robustness'>;
  readonly said: readonly RobustnessProgress[];
  /** The last of each entry and epoch: "0@1 kept". */
  readonly states: readonly string[];
  readonly results: readonly RobustnessResultMessage[];
}

async function test(asked: Partial<Params<EngineContract, 'robustness'>> = {}): Promise<Tested> {
  const said: RobustnessProgress[] = [];
  const params = { run, epochs: [0, 1], compute: true, ...asked };
  const result = await client.request('robustness', params, {
    progress: (value) => value.kind !== 'waiting' && said.push(value),
  });
  const last = new Map(
    said.flatMap((value) => (value.kind === 'result' ? [[`${value.entry}@${value.epoch}`, value]] : [])),
  );
  const states = [...last].map(([cell, { state }]) => `${cell} ${state}`).sort();
  return { result, said, states, results: [...last.values()] };
}

/** What is known, without anything being computed, nor the engine started. */
const look = async (): Promise<readonly string[]> => (await test({ compute: false })).states;
const measuredAt = ({ results }: Tested, entry: number, epoch: number) =>
  results.find((each) => each.entry === entry && each.epoch === epoch)?.measured;

describe('robustness', () => {
  it('computes once, in any order, and then says what is kept without an engine', async () => {
    newClient();
    await withPerturbations(NOISE, TURN);
    const none = await test({ compute: false });
    expect(none.states).toEqual([]);
    expect(none.result).toMatchObject({ kept: 0, computed: 0 });
    expect(none.result.missing).toHaveLength(4);
    expect(client.state).toEqual({ kind: 'running', engine: undefined });

    const first = await test();
    expect(first.states).toEqual(['0@0 computed', '0@1 computed', '1@0 computed', '1@1 computed']);
    expect(first.said[0]).toEqual({
      kind: 'start',
      entries: [
        { entry: 0, title: 'gaussianNoise 0.3', kind: 'gaussianNoise', rounds: 2, expects: false },
        { entry: 1, title: 'rotation −30…30°', kind: 'rotation', rounds: 2, expects: false },
      ],
    });
    // Two entries at two checkpoints, two rounds of twelve images.
    expect(first.said.filter(({ kind }) => kind === 'count').at(-1)).toEqual({ kind: 'count', done: 96, of: 96 });

    client.restart();
    const second = await test();
    expect(second.result).toMatchObject({ kept: 4, computed: 0, missing: [] });
    expect(client.state).toEqual({ kind: 'running', engine: undefined });
    await rm(runPaths(run).results, { recursive: true, force: true });
    const backwards = await test({ epochs: [1, 0], entries: [1, 0] });
    for (const entry of [0, 1]) {
      for (const epoch of [0, 1]) {
        expect(measuredAt(second, entry, epoch)).toEqual(measuredAt(first, entry, epoch));
        expect(measuredAt(backwards, entry, epoch)).toEqual(measuredAt(first, entry, epoch));
      }
    }
  });

  it('shows exactly what a change has made outdated, with its former numbers', async () => {
    newClient();
    await withPerturbations(NOISE, TURN);
    const before = await test();
    await withPerturbations({ ...NOISE, standardDeviation: 0.2 }, TURN);
    const changed = await test({ compute: false });
    expect(changed.states).toEqual(['0@0 stale', '0@1 stale', '1@0 kept', '1@1 kept']);
    expect(measuredAt(changed, 0, 1)).toEqual(measuredAt(before, 0, 1));
    expect(changed.results.find(({ state }) => state === 'stale')).toMatchObject({
      was: 'gaussianNoise 0.3',
      misses: [],
    });
    expect(changed.result.missing).toEqual([
      { entry: 0, epoch: 0 },
      { entry: 0, epoch: 1 },
    ]);
    const again = await test({ entries: [0], epochs: [1] });
    expect(again.said.map((value) => (value.kind === 'result' ? value.state : value.kind))).toEqual([
      'start',
      'stale',
      'count',
      'count',
      'computed',
    ]);
    expect(measuredAt(again, 0, 1)).not.toEqual(measuredAt(before, 0, 1));
    expect(await look()).toEqual(['0@0 stale', '0@1 kept', '1@0 kept', '1@1 kept']);
    await withPerturbations(NOISE, { ...TURN, seed: 2 });
    expect(await look()).toEqual(['0@0 kept', '0@1 kept', '1@0 stale', '1@1 stale']);
    expect(measuredAt(await test(), 1, 1)).not.toEqual(measuredAt(before, 1, 1));
  });

  it('takes nothing for outdated that is moved, expects something else, or names all images by their number', async () => {
    newClient();
    await withPerturbations(NOISE, TURN);
    await test();
    await withPerturbations(COVER, TURN, { ...NOISE, expect: { accuracy: { min: 100 } } });
    const moved = await test({ compute: false });
    expect(moved.states).toEqual(['1@0 kept', '1@1 kept', '2@0 kept', '2@1 kept']);
    expect(
      moved.results.filter(({ entry }) => entry === 2).map(({ misses }) => misses.map(({ text }) => text)),
    ).toEqual(
      Array.from({ length: 2 }, () => [expect.stringMatching(/^accuracy .* expected at least 100 %$/) as string]),
    );
    await withPerturbations(COVER, TURN, { ...NOISE, seed: 5 });
    expect(await look()).toEqual(['1@0 kept', '1@1 kept', '2@0 stale', '2@1 stale']);
    await withPerturbations({ ...NOISE, images: 1000 });
    await test();
    await withPerturbations({ kind: 'gaussianNoise', standardDeviation: 0.3, rounds: 2 });
    expect(await look()).toEqual(['0@0 kept', '0@1 kept']);
  });

  it('takes for outdated what other weights have, and what the command line measured', async () => {
    newClient();
    await withPerturbations(NOISE, TURN);
    await succeed(['perturb', run, '--engine', 'wasm']);
    const original = await readFile(checkpointPath(run, 1));
    try {
      const bytes = Buffer.from(original);
      bytes.writeFloatLE(0.125, bytes.length - 4);
      await replaceCheckpoint(run, 1, bytes);
      const other = await test({ compute: false });
      expect(other.states).toEqual(['0@0 kept', '0@1 stale', '1@0 kept', '1@1 stale']);
      expect(other.results.find(({ state }) => state === 'stale')?.was).toBe(
        'gaussianNoise 0.3 with other weights, images, layer or method',
      );
    } finally {
      await writeFile(checkpointPath(run, 1), original);
    }
    await writeFile(join(runPaths(run).results, 'perturbations.json'), 'torn');
    await withPerturbations({ ...NOISE, seed: 5 }, TURN);
    // Nobody knows any more what was there, and what is kept is kept.
    expect(await look()).toEqual(['1@0 kept', '1@1 kept']);
  });

  it('lets two requests on side by side, and computes what both ask for once', async () => {
    newClient();
    await withPerturbations(NOISE, TURN, NOISE);
    const [a, b] = await Promise.all([test(), test()]);
    // The third entry is the first once more.
    expect(a.result.computed + b.result.computed).toBe(4);
    expect(a.result.kept + b.result.kept).toBe(8);
    for (const entry of [0, 1]) expect(measuredAt(a, entry, 1)).toEqual(measuredAt(b, entry, 1));
  });

  it('can be cancelled, which frees the engine within two seconds, and goes on', async () => {
    newClient();
    await withPerturbations(NOISE, { ...TURN, rounds: 1000 });
    const controller = new AbortController();
    let cancelled = 0;
    const params = { run, epochs: [0, 1], compute: true };
    const asked = client.request('robustness', params, {
      signal: controller.signal,
      progress: (value) => {
        if (value.kind !== 'count' || value.done < 50 || controller.signal.aborted) return;
        cancelled = performance.now();
        controller.abort();
      },
    });
    await expect(asked).rejects.toMatchObject({ failure: { reason: 'cancelled' } });
    await test({ entries: [0], epochs: [1] });
    expect(performance.now() - cancelled).toBeLessThan(5000);
    expect(await look()).toEqual(['0@0 kept', '0@1 kept']);
  });

  it('computes nothing where that is not wanted, and refuses what is not there', async () => {
    newClient('none');
    await withPerturbations(NOISE);
    await expect(test()).rejects.toThrow(/not trusted/);
    await expect(test({ entries: [1] })).rejects.toThrow(/perturbations\[1\].*no such perturbation.*a list of 1/);
    await expect(test({ epochs: [7] })).rejects.toThrow(/no checkpoint of epoch 7/);
    await withPerturbations();
    expect((await test()).result).toMatchObject({ kept: 0, computed: 0, missing: [] });
    // Of a study file that is gone, the run's own study has two.
    await rm(study);
    expect((await test({ compute: false })).result.missing).toHaveLength(4);
    await withPerturbations(NOISE, TURN);
  });
});

describe('perturbed', () => {
  const images = [
    { kind: 'set', set: 'test', index: 3 },
    { kind: 'file', path: resolve(import.meta.dirname, '../fixtures/images/baseline.jpg') },
    { kind: 'file', path: '/none.png' },
    { kind: 'set', set: 'train', index: 3 },
  ] as const;

  async function view(asked: Partial<Params<EngineContract, 'perturbed'>> = {}) {
    const said: PerturbedProgress[] = [];
    const params = { run, epochs: [0, 1], images: [...images], layer: 'auto', ...asked };
    await client.request('perturbed', params, { progress: (value) => value.kind !== 'waiting' && said.push(value) });
    const ofKind = <K extends PerturbedProgress['kind']>(kind: K) =>
      said.filter((value): value is Extract<PerturbedProgress, { kind: K }> => value.kind === kind);
    return { said, start: ofKind('start')[0]!, ofKind };
  }

  it('shows the published perturbations where the study has none, and keeps what it has seen', async () => {
    newClient();
    await withPerturbations();
    const first = await view();
    expect(first.start.entries.map(({ title }) => title)).toEqual([
      'gaussianNoise 0.1',
      'rotation −30…30°',
      'occlusion 20',
    ]);
    expect(first.start.images.map(({ usable }) => usable)).toEqual([true, true, false, true]);
    expect(first.start.layer).toEqual({ name: 'layer3.2', height: 8, width: 8 });
    // Three images that can be read, three rounds of three entries; at two checkpoints.
    expect(first.ofKind('picture')).toHaveLength(27);
    expect(first.ofKind('clean')).toHaveLength(6);
    expect(first.ofKind('perturbed').map(({ done }) => done)).toEqual(Array.from({ length: 54 }, (_, i) => i + 1));
    client.restart();
    const second = await view();
    expect(client.state).toEqual({ kind: 'running', engine: undefined });
    expect(second.said).toEqual(first.said);
  });

  it('draws a test image as the tests do, any other for itself, a file at the model’s input size', async () => {
    newClient('none');
    await withPerturbations();
    const said: PerturbedProgress[] = [];
    const params = { run, epochs: [1], images: [...images], layer: 'auto' };
    const asked = client.request('perturbed', params, {
      progress: (value) => value.kind !== 'waiting' && said.push(value),
    });
    // What the pictures are needs no engine; what a checkpoint makes of them does.
    await expect(asked).rejects.toThrow(/not trusted/);
    const pictures = said.filter((value) => value.kind === 'picture');
    const located = await readStudy(study);
    const { test: set, train } = await loadDataset(located.study.dataset, { studyFolder: folder });
    const pixelsOf = (of: typeof set) => inMemory(of).pixels.subarray(3 * 3072, 4 * 3072);
    const file = resizePixels(await decodeImageFile(images[1].path), 32, 32);
    expect(pictures.filter(({ image }) => image === 1).every(({ picture }) => picture.height === 32)).toBe(true);
    for (const { entry, round, picture, drawn } of pictures.filter(({ image }) => image === 0)) {
      const clean = { height: 32, width: 32, pixels: pixelsOf(set) };
      const draw = { image: 3, round };
      const expected = perturb(clean, PUBLISHED_PERTURBATIONS[entry]!, draw);
      expect(picture.pixels).toEqual(Uint8Array.from(expected, Math.round));
      expect(drawn).toEqual(drawnOf(PUBLISHED_PERTURBATIONS[entry]!, draw));
    }
    const covered = (image: number, clean: Uint8Array) => {
      const { picture } = pictures.find((each) => each.image === image && each.entry === 2 && each.round === 0)!;
      return Array.from({ length: 1024 }, (_, place) => place).filter((place) =>
        [0, 1, 2].some((channel) => picture.pixels[3 * place + channel] !== clean[3 * place + channel]),
      );
    };
    const places = [covered(0, pixelsOf(set)), covered(1, file.pixels), covered(3, pixelsOf(train))];
    for (const each of places) expect(each.length).toBeGreaterThan(15);
    expect(new Set(places.map(String)).size).toBe(3);
  });

  it('says of a test image what the tests measure', async () => {
    newClient();
    await withPerturbations({ ...TURN, images: 1, rounds: 3 }, { ...NOISE, images: 1 });
    const { ofKind, start } = await view({ images: [{ kind: 'set', set: 'test', index: 0 }], epochs: [1] });
    const tested = await test({ epochs: [1] });
    for (const entry of [0, 1]) {
      const { perRound, confidenceDrop, clean } = measuredAt(tested, entry, 1)!;
      const views = ofKind('perturbed').filter((each) => each.entry === entry);
      perRound.forEach((round, i) => {
        const { drop, similarity, map, predicted, probabilities } = views[i]!;
        expect(drop.ofPrediction).toBeCloseTo(round.dropOfPrediction, 5);
        expect(drop.ofLabel).toBeCloseTo(round.dropOfLabel, 5);
        if (round.spearman !== null) expect(similarity.spearman).toBeCloseTo(round.spearman, 4);
        expect(map).toHaveLength(64);
        expect(probabilities.indexOf(Math.max(...probabilities))).toBe(predicted);
      });
      const mean = views.reduce((sum, { drop }) => sum + drop.ofPrediction / views.length, 0);
      expect(mean).toBeCloseTo(confidenceDrop.ofPrediction.mean, 5);
      expect(Math.max(...ofKind('clean')[0]!.probabilities)).toBeCloseTo(clean.confidence.mean, 5);
    }
    expect(start.images[0]).toMatchObject({ name: 'test:0' });
  });

  it('refuses an entry that the study does not have', async () => {
    newClient('none');
    await withPerturbations(NOISE);
    await expect(view({ entries: [3] })).rejects.toThrow(/no such perturbation/);
    await expect(view({ layer: 'layer9' })).rejects.toThrow(/no such layer/);
  });
});
