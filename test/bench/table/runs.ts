/** Run folders as trainings of 200 epochs leave them, but for the checkpoints: what a table of many runs reads. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { canonicalJson, jsonHash } from '../../../src/common/canonicalJson';
import { createRandom, type Random } from '../../../src/common/random';
import { ownIdentity } from '../../../src/common/processes';
import { writeManifest } from '../../../src/runs';
import { RUN_FORMAT } from '../../../src/runs/manifest';
import { metricsLine, type EpochMetrics } from '../../../src/runs/metrics/metrics';
import { checkpointFile, runPaths } from '../../../src/runs/paths';
import { jsonResults } from '../../../src/runs/results/results';
import { ATTENTION_METHOD } from '../../../src/runs/results/drift';
import { ROBUSTNESS_METHOD } from '../../../src/runs/results/robustness';
import { appendSums, createSums, sha256, type SumRow } from '../../../src/runs/sums/sums';
import { explainedImages, explanationIn, readStudyFile, type Cell } from '../../../src/study';
import { networkAt } from '../../../src/networks';

export interface ManyRuns {
  readonly runs: number;
  readonly epochs: number;
  /** Of how many test images each test of robustness is. */
  readonly testImages: number;
  /** Those that are explained, as in a study file; by default eight of the test images. */
  readonly images?: object;
}

/** The six recipes of a grid: a sweep has at most a hundred seeds. */
const AXES = { 'training.augmentation': ['none', 'flipCrop', 'cutout'], 'training.learningRate': [0.1, 0.05] };
const RECIPES = 6;
const EIGHT = { test: [0, 1, 2, 3, 4, 5, 6, 7] };
const CLASSES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
const NOISE = { kind: 'gaussianNoise', standardDeviation: 0.1 };
const ROTATION = { kind: 'rotation', degrees: [-15, 15] };

/**
 * Six recipes of a sweep with as many seeds as it takes. Of every second run the last checkpoint is tested, of every
 * fourth it is known how its heatmaps move.
 * @param folder empty
 * @returns the run folders
 */
export async function makeManyRuns(
  folder: string,
  { runs, epochs, testImages, images = EIGHT }: ManyRuns,
): Promise<string[]> {
  const seeds = Array.from({ length: Math.ceil(runs / RECIPES) }, (_, seed) => seed);
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'many.epochlens.json');
  const study = {
    training: { epochs },
    perturbations: [NOISE, ROTATION],
    explain: { images },
    sweep: { axes: AXES, seeds, tests: 'none' },
  };
  await writeFile(file, JSON.stringify(study));
  const cells = (await readStudyFile(file)).sweep?.cells.slice(0, runs) ?? [];
  const folders: string[] = [];
  for (const [at, cell] of cells.entries()) {
    const run = join(folder, '.epochlens/runs/many', `20261101-${String(at).padStart(6, '0')}-0000`);
    await makeRun(run, cell, at, { epochs, testImages });
    folders.push(run);
  }
  return folders;
}

async function makeRun(
  folder: string,
  cell: Cell,
  at: number,
  { epochs, testImages }: Pick<ManyRuns, 'epochs' | 'testImages'>,
): Promise<void> {
  const paths = runPaths(folder);
  const random = createRandom('many runs', at);
  for (const part of [paths.results, paths.checkpoints]) await mkdir(part, { recursive: true });
  await createSums(folder);
  await writeManifest(folder, {
    format: RUN_FORMAT,
    createdAt: new Date(Date.UTC(2026, 10, 1) + 60_000 * at).toISOString(),
    studyFile: '../../../../many.epochlens.json',
    study: cell.study,
    studyHash: cell.id,
    seed: cell.seed,
    cell: { recipe: cell.recipe, seed: cell.seed, settings: cell.settings },
    dataset: { kind: 'cifar10', classNames: CLASSES, fingerprint: 'f0', description: '10000 test images' },
    engine: { name: 'wasm', version: '4.22.0', device: 'CPU' },
    versions: { epochlens: '0.1.0' },
  });
  const lines = Array.from({ length: epochs + 1 }, (_, epoch) => metricsLine(metricsAt(epoch, random, testImages)));
  const rows = lines.flatMap(({ row }, epoch): SumRow[] => [
    { file: checkpointFile(epoch), sha256: sha256(`${at} ${epoch}`) },
    row,
  ]);
  await appendSums(folder, rows, 0);
  await writeFile(paths.metrics, lines.map(({ line }) => `${line}\n`).join(''));
  const time = new Date(Date.UTC(2026, 10, 1)).toISOString();
  const status = { startedAt: time, heartbeat: time, epoch: epochs, epochs, step: 0, stepsPerEpoch: 391 };
  await writeFile(
    paths.status,
    JSON.stringify({ state: 'finished', ...status, ...ownIdentity(), imagesPerSecond: 100, secondsLeft: 0 }),
  );
  if (at % 2 === 0) await keepRobustness(folder, cell, { checkpoint: sha256(`${at} ${epochs}`), testImages, random });
  if (at % 4 === 0) await keepAttention(folder, cell, at, { epochs, testImages, random });
}

function metricsAt(epoch: number, random: Random, testImages: number): EpochMetrics {
  const share = 1 - Math.exp(-epoch / 40);
  return {
    epoch,
    trainLoss: 2.3 - 2.2 * share,
    trainAccuracy: 10 + 89 * share,
    testLoss: 2.3 - 2 * share + 0.05 * random.uniform(),
    testAccuracy: 10 + 82 * share + random.uniform(),
    learningRate: 0.1 * (1 - share),
    seconds: 20 + random.uniform(),
    imagesPerSecond: 2500,
    testImages,
  };
}

interface Tested {
  readonly checkpoint: string;
  readonly testImages: number;
  readonly random: Random;
}

async function asked({ study }: Cell) {
  const network = await networkAt({ name: study.model.architecture, path: '' }, study.model.inputSize);
  const explanation = explanationIn(study, network, CLASSES.length);
  return { explanation: explanation?.key, layer: explanation?.layer ?? '', architecture: study.model.architecture };
}

/** As many numbers as a real result has. */
async function keepRobustness(folder: string, cell: Cell, { checkpoint, testImages, random }: Tested): Promise<void> {
  const kept = jsonResults('robustness', z.unknown(), (inputs: object) => inputs);
  for (const perturbation of cell.study.perturbations) {
    const value = (): number => Number(random.uniform().toPrecision(7));
    const each = <T>(of: () => T): T[] => Array.from({ length: testImages }, of);
    const estimate = { mean: value(), n: testImages, interval: { low: 0, high: 1 }, intervalFrom: testImages };
    const rate = { count: Math.floor(testImages * value()), of: testImages, interval: { low: 0, high: 100 } };
    await kept.store(
      folder,
      {
        ...(await asked(cell)),
        method: ROBUSTNESS_METHOD,
        input: 'normalised',
        checkpoint,
        images: jsonHash(testImages),
        perturbation: { ...perturbation, expect: undefined, images: undefined },
      },
      {
        images: testImages,
        rounds: 1,
        clean: { accuracy: rate, confidence: estimate },
        accuracy: rate,
        flipRate: rate,
        confidenceDrop: { ofPrediction: estimate, ofLabel: estimate },
        heatmapSimilarity: { spearman: estimate, ssim: estimate, compared: testImages },
        perRound: [{ correct: rate.count, flipped: 0, dropOfPrediction: 0, dropOfLabel: 0, spearman: 0, compared: 0 }],
        perImage: {
          cleanCorrect: each(() => 1),
          cleanConfidence: each(value),
          correct: each(() => 1),
          flipped: each(() => 0),
          drop: each(value),
          dropOfLabel: each(value),
          spearman: each(value),
          ssim: each(value),
        },
      },
    );
  }
}

async function keepAttention(
  folder: string,
  cell: Cell,
  at: number,
  { epochs, testImages, random }: Pick<ManyRuns, 'epochs' | 'testImages'> & { readonly random: Random },
): Promise<void> {
  const names = explainedImages(cell.study, testImages).map(({ set, index }) => `${set}:${index}`);
  const kept = jsonResults('attention', z.unknown(), (inputs: object) => inputs);
  const all = Array.from({ length: epochs + 1 }, (_, epoch) => epoch);
  const mean = () => ({
    spearman: { mean: random.uniform(), n: 8, interval: null, intervalFrom: 8 },
    compared: 8,
    of: 8,
  });
  const moved = (epoch: number) => ({ fromPrevious: epoch === 0 ? null : mean(), fromLast: mean() });
  const points = (): object[] =>
    all.map((epoch) => ({
      epoch,
      fromPrevious: { spearman: random.uniform() },
      fromLast: { spearman: random.uniform() },
      centre: [random.uniform(), random.uniform()],
      predicted: 3,
    }));
  const settled = { kind: 'settled', epoch: 100 + (at % 50), checkpoints: 50, spearman: 0.9, images: 8 };
  await kept.store(
    folder,
    {
      ...(await asked(cell)),
      method: ATTENTION_METHOD,
      input: 'normalised',
      target: 'predicted',
      untrained: 0,
      checkpoints: all.map((epoch) => ({ epoch, hash: sha256(`${at} ${epoch}`) })),
      images: sha256(canonicalJson(at)),
    },
    {
      epochs: all.map((epoch) => ({ epoch, ...moved(epoch), fixed: { lastPrediction: moved(epoch), label: null } })),
      settling: { target: { ...settled, undecided: null } },
      images: names.map(() => ({ points: points(), settled: null })),
    },
    { images: names },
  );
}
