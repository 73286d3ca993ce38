import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stampRuns, stampStudies } from '../../../../src/extension/runs/stamps';

const RUNS = 200;
/** A look at intervals of five seconds is not to be felt. Alone on two cores it takes a tenth of it. */
const MOST_MILLISECONDS = 250;

let folder = '';
const run = (index: number, ...names: string[]): string =>
  join(folder, '.epochlens', 'runs', 'many', `run-${index}`, ...names);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-stamps-'));
  for (let index = 0; index < RUNS; index++) {
    await mkdir(run(index, 'checkpoints'), { recursive: true });
    for (const name of ['run.json', 'status.json', 'metrics.jsonl']) await writeFile(run(index, name), '{}');
    for (let epoch = 0; epoch < 5; epoch++) await writeFile(run(index, 'checkpoints', `epoch-00${epoch}`), '');
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('what has changed of many runs is found in a moment', async () => {
  const before = await stampRuns([folder]);
  expect(before.size).toBe(RUNS);
  await rm(run(3, 'checkpoints', 'epoch-004'));
  await writeFile(run(7, 'status.json.new'), '{}');
  await rm(run(9), { recursive: true });
  const begin = performance.now();
  const after = await stampRuns([folder]);
  const took = performance.now() - begin;
  console.log(`looking at ${RUNS} runs took ${took.toFixed(1)} ms`);
  expect(took).toBeLessThan(MOST_MILLISECONDS);
  const changed = [...before.keys()].filter((each) => after.get(each) !== before.get(each));
  expect(changed.sort()).toEqual([run(3), run(7), run(9)]);
});

test('a study file that comes, is written or goes is found', async () => {
  const study = join(folder, 'a.epochlens.json');
  const stamps = [await stampStudies([folder])];
  await writeFile(study, '{}');
  stamps.push(await stampStudies([folder]));
  await new Promise((resolve) => setTimeout(resolve, 20));
  await appendFile(study, ' ');
  stamps.push(await stampStudies([folder]));
  expect(stamps.map((each) => each.has(study))).toEqual([false, true, true]);
  expect(stamps[2]?.get(study)).not.toBe(stamps[1]?.get(study));
  await rm(study);
  expect(await stampStudies([folder])).toEqual(stamps[0]);
  expect(await stampStudies([join(folder, 'nowhere')])).toEqual(stamps[0]);
});
