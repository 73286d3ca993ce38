/** Trainings that have less memory than a batch takes. The embedded engine repeats itself to the bit. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRun, type MicroBatch } from '../../src/runs';
import { epochlens, launch, seededMetrics, succeed, temporaryFolder, TINY, tree, writeStudy } from './cli';

const STUDY = {
  ...TINY,
  // No more test images than are looked at together with little memory: their mean loss is the same to the bit.
  dataset: { ...TINY.dataset, trainCount: 288, testCount: 16 },
  training: { ...TINY.training, batchSize: 48 },
  explain: { images: { test: [3] } },
};
const pinned = (microBatchSize: number) => ({ ...STUDY, training: { ...STUDY.training, microBatchSize } });

/** A batch takes 0.3 GB beyond the 0.1 GB that the process has. */
const LITTLE = { EPOCHLENS_MEMORY_LIMIT: '300MB' };

const partsOf = async (run: string): Promise<MicroBatch | undefined> => (await openRun(run)).manifest.microBatch;

describe('with little memory', () => {
  it('a batch is computed in parts, which stay the same when the training goes on, as if the study named them', async () => {
    const folder = await temporaryFolder();
    const study = await writeStudy(folder, STUDY);
    const run = join(folder, 'little');
    const args = ['train', study, '--engine', 'wasm', '--run', run];
    const training = launch([...args, '--json'], { env: LITTLE });
    await training.said('"epoch":2,"epochs":2,"step":1,');
    training.child.kill('SIGINT');
    const { stdout, stderr } = await training.finished;
    const parts = await partsOf(run);
    if (parts === undefined) throw new Error(`all at once: ${stderr}`);
    expect(parts).toMatchObject({ of: 48, reason: 'memory', freeWords: 'are left of EPOCHLENS_MEMORY_LIMIT' });
    expect(parts.size).toBeLessThan(48);
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toEqual({ event: 'microBatches', ...parts });
    expect(stderr).toMatch(/^Batches of 48 are computed in \d+ parts of .* are left of EPOCHLENS_MEMORY_LIMIT\. /m);

    await succeed([...args, '--resume']);
    expect(await partsOf(run)).toEqual(parts);

    const asNamed = join(folder, 'named');
    const named = await writeStudy(folder, pinned(parts.size), 'named');
    await succeed(['train', named, '--engine', 'wasm', '--run', asNamed]);
    // The untrained network's loss over the training images is a mean of means of other batches, to the last digits.
    const [, ...trained] = await seededMetrics(run);
    expect(trained).toHaveLength(2);
    expect(trained).toEqual((await seededMetrics(asNamed)).slice(1));
  });

  it('parts that the study names are taken all the same, with a warning', async () => {
    const folder = await temporaryFolder();
    const study = await writeStudy(folder, { ...pinned(24), training: { ...pinned(24).training, epochs: 0 } });
    const run = join(folder, 'named');
    const env = { EPOCHLENS_MEMORY_LIMIT: '100MB' };
    const { code, stderr } = await epochlens(['train', study, '--engine', 'wasm', '--run', run], { env });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Little memory: 24 images at a time take about \d+ MB, and 0 MB are left of EPOCHLENS_/m);
    expect(await partsOf(run)).toMatchObject({ size: 24, of: 48, reason: 'study' });
  });

  it.each([
    [
      '100MB',
      1,
      /^epochlens: too little memory for this training: found 0 MB are left of EPOCHLENS_MEMORY_LIMIT, expected/m,
    ],
    [
      'some',
      2,
      /^epochlens: EPOCHLENS_MEMORY_LIMIT: not an amount of memory: found "some", expected a number above 0/m,
    ],
  ])('EPOCHLENS_MEMORY_LIMIT=%s is refused before anything is written', async (limit, code, words) => {
    const folder = await temporaryFolder();
    const study = await writeStudy(folder, STUDY);
    const env = { EPOCHLENS_MEMORY_LIMIT: limit };
    const result = await epochlens(['train', study, '--engine', 'wasm'], { env });
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(words);
    expect(await tree(folder)).toEqual(['tiny.epochlens.json']);
  });
});
