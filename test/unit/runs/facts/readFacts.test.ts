/** What is known of a run: of its present checkpoints and of what its study asks now, however its files change. */
import { appendFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addLaterEngine, readFacts, readManyFacts } from '../../../../src/runs';
import { metricsLine } from '../../../../src/runs/metrics/metrics';
import { checkpointFile, runPaths } from '../../../../src/runs/paths';
import { appendSums, sha256 } from '../../../../src/runs/sums/sums';
import { makeManyRuns } from '../../../bench/table/runs';

const TITLES = ['gaussianNoise 0.1', 'rotation −15…15°'];
let folder: string;
let study: string;
let runs: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facts-'));
  study = join(folder, 'many.epochlens.json');
  runs = await makeManyRuns(folder, { runs: 9, epochs: 3, testImages: 20 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (at: number): string => runs[at] as string;
const perturbed = async (at: number): Promise<string[]> =>
  Object.keys((await readFacts(run(at))).series).filter((id) => id.startsWith('perturbed:'));

/** The study file with another text, while `look` looks. */
async function edited(edit: (text: string) => string, look: () => Promise<void>): Promise<void> {
  const text = await readFile(study, 'utf8');
  await writeFile(study, edit(text));
  try {
    await look();
  } finally {
    await writeFile(study, text);
  }
}

test('metrics, tests and settling of a run are there, perturbations in the order of the study', async () => {
  const facts = await readFacts(run(0));
  expect(facts).toMatchObject({ finalEpoch: 3, seed: 0, state: 'finished', chosenBy: 'test' });
  expect(facts.recipe).toBe('augmentation none, learningRate 0.1');
  expect(facts.sweepBaseline).toBe('augmentation none, learningRate 0.1');
  expect(facts.series['accuracy']?.epochs).toEqual([0, 1, 2, 3]);
  expect(await perturbed(0)).toEqual(TITLES.map((title) => `perturbed:${title}`));
  expect(facts.series['perturbed:gaussianNoise 0.1']?.epochs).toEqual([3]);
  expect(facts.series['drift']).toMatchObject({ epochs: [0, 1, 2, 3] });
  expect(facts.series['drift']?.values[0]).toBeNull();
  expect(facts.values['settling']).toBe(100);
  // Nobody tested the second run.
  expect(await perturbed(1)).toEqual([]);
});

test('a run that went on with another engine is of both', async () => {
  const before = (await readFacts(run(8))).engine;
  await addLaterEngine({ folder: run(8) }, { name: 'another', version: '1', device: 'cpu' }, 2);
  expect((await readFacts(run(8))).engine).toBe(`${before} + another`);
});

test('results of a checkpoint that was trained again do not enter', async () => {
  expect(await perturbed(2)).toHaveLength(2);
  await appendSums(run(2), [{ file: checkpointFile(3), sha256: sha256('another') }], 0);
  expect(await perturbed(2)).toEqual([]);
  expect((await readFacts(run(4))).values['settling']).toBe(104);
  await appendSums(run(4), [{ file: checkpointFile(1), sha256: sha256('another') }], 0);
  const facts = await readFacts(run(4));
  // The last checkpoint is as it was, and so are its tests.
  expect(facts.values['settling']).toBeUndefined();
  expect(facts.series['drift']).toBeUndefined();
  expect(await perturbed(4)).toHaveLength(2);
});

test('files that change are read again', async () => {
  const before = await readFacts(run(6));
  expect(await readFacts(run(6))).toEqual(before);
  const line = metricsLine({
    ...{ epoch: 4, trainLoss: 1, trainAccuracy: 50, testLoss: 1, testAccuracy: 99.5, learningRate: 0.1 },
    ...{ seconds: 1, imagesPerSecond: 1, testImages: 20 },
  });
  await appendSums(run(6), [line.row], 0);
  await appendFile(runPaths(run(6)).metrics, `${line.line}\n`);
  expect(await readFacts(run(6))).toMatchObject({ finalEpoch: 4, bestEpoch: 4 });
  const { results } = runPaths(run(6));
  const [name = ''] = (await readdir(results)).filter((each) => each.startsWith('robustness-'));
  await rename(join(results, name), join(folder, name));
  expect(await perturbed(6)).toHaveLength(1);
  // As it was, but for a digit of its value: its checksum tells.
  const text = await readFile(join(folder, name), 'utf8');
  await writeFile(join(results, name), text.replace('"rounds":1', '"rounds":2'));
  expect(await perturbed(6)).toHaveLength(1);
  await rename(join(folder, name), join(results, name));
  expect(await perturbed(6)).toHaveLength(2);
});

test('what the study does not ask any more does not enter', async () => {
  await edited(
    (text) => text.replace('"standardDeviation":0.1', '"standardDeviation":0.2'),
    async () => expect(await perturbed(0)).toEqual(['perturbed:rotation −15…15°']),
  );
  await edited(
    (text) => text.replace('"test":[0,1,', '"test":[0,'),
    async () => expect((await readFacts(run(0))).values['settling']).toBeUndefined(),
  );
  expect((await readFacts(run(0))).values['settling']).toBe(100);
});

test('settling of images at random is of those that the seed draws', async () => {
  const random = join(folder, 'random');
  const [drawn = ''] = await makeManyRuns(random, { runs: 1, epochs: 2, testImages: 20, images: { random: 3 } });
  expect((await readFacts(drawn)).values['settling']).toBe(100);
  const file = join(random, 'many.epochlens.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"random":3', '"random":4'));
  expect((await readFacts(drawn)).values['settling']).toBeUndefined();
});

test('of many runs those that cannot be read are named', async () => {
  await writeFile(runPaths(run(8)).manifest, '{');
  const { facts, problems } = await readManyFacts(runs);
  expect(facts.map(({ run: path }) => path)).toEqual(runs.slice(0, 8));
  expect(problems).toMatchObject([{ run: run(8) }]);
});
