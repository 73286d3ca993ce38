import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  appendLog,
  checkpointPath,
  dropMetricsAfter,
  listCheckpoints,
  readMetrics,
  runPaths,
  selectCheckpoints,
  type EpochMetrics,
} from '../../../src/runs';
import { jsonResults, storeBinaryResult } from '../../../src/runs/results/results';
import { loadedBytes } from './trained';
import type { Study } from '../../../src/study';
import { appendMetrics as appendLine, metricsLine } from '../../../src/runs/metrics/metrics';
import { failureOf, makeStudy } from './fixture';

/** Where a run would be, of an older version: nothing vouches for its lines. */
let folder: string;
let study: Study;
beforeEach(async () => {
  ({ folder, study } = await makeStudy());
});

const appendMetrics = (to: string, metrics: EpochMetrics): Promise<void> => appendLine(to, metricsLine(metrics).line);

function metrics(epoch: number, testAccuracy: number | null = 50): EpochMetrics {
  return {
    epoch,
    trainLoss: 1,
    trainAccuracy: 40,
    testLoss: 2,
    testAccuracy,
    learningRate: 0.1,
    seconds: 3,
    imagesPerSecond: 9,
  };
}

async function epochs(): Promise<number[]> {
  return (await readMetrics(folder)).map(({ epoch }) => epoch);
}

describe('metrics.jsonl', () => {
  it('is read back as it was appended, and is empty when absent', async () => {
    expect(await readMetrics(folder)).toEqual([]);
    await appendMetrics(folder, metrics(0));
    await appendMetrics(folder, { ...metrics(1), trainLoss: NaN });
    expect(await readMetrics(folder)).toEqual([metrics(0), { ...metrics(1), trainLoss: null }]);
  });

  it('tolerates a torn last line, which the next append removes', async () => {
    await appendMetrics(folder, metrics(0));
    await appendFile(runPaths(folder).metrics, '{"epoch":1,"trainLo');
    expect(await epochs()).toEqual([0]);
    await appendMetrics(folder, metrics(1));
    expect(await epochs()).toEqual([0, 1]);
    expect((await readFile(runPaths(folder).metrics, 'utf8')).split('\n')).toHaveLength(3);
  });

  it('passes over foreign lines, and takes the later of two lines of an epoch', async () => {
    await writeFile(runPaths(folder).metrics, 'null\n{"epoch":-1}\n\n');
    await appendMetrics(folder, metrics(1, 10));
    await appendMetrics(folder, metrics(0));
    await appendMetrics(folder, metrics(1, 20));
    expect(await readMetrics(folder)).toEqual([metrics(0), metrics(1, 20)]);
  });

  it('drops the lines after the epoch that training resumes from', async () => {
    for (const epoch of [0, 1, 2, 3]) await appendMetrics(folder, metrics(epoch));
    await dropMetricsAfter(folder, 1);
    expect(await epochs()).toEqual([0, 1]);
  });

  it('names the file that cannot be written', async () => {
    expect(await failureOf(appendMetrics(join(folder, 'absent'), metrics(0)))).toMatch(
      /^WorkError: .*metrics.jsonl: could not be written/,
    );
    expect(await failureOf(appendLog(join(folder, 'absent'), 'x'))).toMatch(
      /^WorkError: .*log.txt: could not be written/,
    );
  });
});

describe('checkpoints', () => {
  async function makeCheckpoints(...present: number[]): Promise<void> {
    await mkdir(runPaths(folder).checkpoints);
    for (const epoch of present) await writeFile(checkpointPath(folder, epoch), '');
  }

  it('are named by epoch and listed by number', async () => {
    await makeCheckpoints(1000, 999, 0);
    for (const name of ['.epoch-002.safetensors.0123456789ab.tmp', 'epoch-1.safetensors', 'epoch-003.bin']) {
      await writeFile(join(runPaths(folder).checkpoints, name), '');
    }
    expect(checkpointPath('run', 7)).toBe(join('run', 'checkpoints', 'epoch-007.safetensors'));
    expect((await listCheckpoints(folder)).map(({ epoch }) => epoch)).toEqual([0, 999, 1000]);
  });

  it('are selected in the order asked for; an absent epoch is refused with those that exist, or skipped', async () => {
    await makeCheckpoints(0, 1, 2, 5);
    const selected = async (...args: [epochs: 'all' | number[], ifMissing?: 'skip']): Promise<number[]> =>
      (await selectCheckpoints({ folder, study }, ...args)).map(({ epoch }) => epoch);
    expect(await selected('all')).toEqual([0, 1, 2, 5]);
    expect(await selected([5, 0, 5])).toEqual([5, 0]);
    expect(await selected([5, 7], 'skip')).toEqual([5]);
    expect(await failureOf(selected([0, 7]))).toMatch(
      /^InputError: .*no checkpoint of epoch 7: found checkpoints of epochs 0–2 and 5/,
    );
    expect(await failureOf(selected([7, 8], 'skip'))).toContain('no checkpoint of epochs 7 and 8');
  });

  it('that are not there at all are an InputError', async () => {
    expect(await failureOf(selectCheckpoints({ folder, study }, 'all'))).toMatch(
      /^InputError: .*the run has no checkpoints/,
    );
  });
});

describe('results', () => {
  const inputs = { checkpoint: 'abc', images: [3, 17] };
  const keyOf = (all: object): object => all;
  const heatmaps = jsonResults('heatmaps', z.array(z.number()), keyOf);
  const load = (): Promise<number[] | undefined> => heatmaps.load(folder, inputs);
  const resultFile = async (): Promise<string> =>
    join(runPaths(folder).results, (await readdir(runPaths(folder).results))[0] ?? '');

  it('are found by what they were computed from, in any order of fields', async () => {
    expect(await load()).toBeUndefined();
    await heatmaps.store(folder, inputs, [0.5, 1]);
    expect(await load()).toEqual([0.5, 1]);
    expect(await heatmaps.load(folder, { images: [3, 17], checkpoint: 'abc' })).toEqual([0.5, 1]);
    expect(await heatmaps.load(folder, { ...inputs, images: [3] })).toBeUndefined();
    expect(await jsonResults('perturbations', z.array(z.number()), keyOf).load(folder, inputs)).toBeUndefined();
    expect(await jsonResults('heatmaps', z.string(), keyOf).load(folder, inputs)).toBeUndefined();
  });

  it('that are torn or changed are as good as absent', async () => {
    await heatmaps.store(folder, inputs, [0.5, 1]);
    const path = await resultFile();
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.slice(0, -5));
    expect(await load()).toBeUndefined();
    await writeFile(path, text.replace('0.5', '0.6'));
    expect(await load()).toBeUndefined();
    await writeFile(path, text);
    expect(await load()).toEqual([0.5, 1]);
  });

  it('can be bytes, whose damage is noticed too', async () => {
    await storeBinaryResult(folder, 'pixels', inputs, Uint8Array.of(1, 2, 3));
    const load = () => loadedBytes(folder, 'pixels', { ...inputs, images: [4] }, inputs);
    expect(await load()).toEqual([undefined, Uint8Array.of(1, 2, 3)]);
    const path = await resultFile();
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, -1));
    expect(await load()).toEqual([undefined, undefined]);
    await writeFile(path, '');
    expect(await load()).toEqual([undefined, undefined]);
  });
});
