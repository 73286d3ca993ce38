import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { basisOf } from '../../../../src/extension/robustness/basis';
import { checkpointPath } from '../../../../src/runs';
import { trainingRun } from '../runs/summaries';

let folder = '';
const run = () => trainingRun({ folder, studyFile: join(folder, 's.epochlens.json'), checkpoints: [0] });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-basis-'));
  await mkdir(join(folder, 'results'));
  await mkdir(join(folder, 'checkpoints'));
  await writeFile(join(folder, 's.epochlens.json'), '{}');
  await writeFile(checkpointPath(folder, 0), 'weights');
});
afterEach(() => rm(folder, { recursive: true }));

test('a run without results of tests needs no engine to be asked', async () => {
  await writeFile(join(folder, 'results', 'explanations-1.bin'), '');
  expect(await basisOf(run())).toMatchObject({ hasResults: false });
  await writeFile(join(folder, 'results', 'robustness-1.json'), '{}');
  expect((await basisOf(run())).hasResults).toBe(true);
});

test('the study, a result or a weight that changes is seen, and nothing else', async () => {
  const seen = new Set<string>();
  const look = async (): Promise<number> => seen.add((await basisOf(run())).text).size;
  expect(await look()).toBe(1);
  await writeFile(join(folder, 'results', 'explanations-1.bin'), '');
  expect(await look()).toBe(1);
  await writeFile(join(folder, 's.epochlens.json'), '{ }');
  expect(await look()).toBe(2);
  await writeFile(join(folder, 'results', 'robustness-1.json'), '{}');
  expect(await look()).toBe(3);
  await utimes(checkpointPath(folder, 0), 1, 1);
  expect(await look()).toBe(4);
});
