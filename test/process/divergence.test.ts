/** A training that leaves every meaning stops, says why, and leaves what was good. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMetrics, readStatus } from '../../src/runs';
import { epochlens, succeed, temporaryFolder, TINY, writeStudy } from './cli';

const engine = 'wasm';

describe('a training that diverges', () => {
  it('fails, keeps the epochs before, and these can be looked at', async () => {
    const folder = await temporaryFolder();
    const run = join(folder, 'run');
    const study = await writeStudy(folder, { ...TINY, training: { ...TINY.training, epochs: 4, learningRate: 100 } });
    const train = ['train', study, '--engine', engine, '--run', run];
    const { code, stderr } = await epochlens(train);
    const message = stderr.trimEnd().split('\n').at(-1) ?? '';
    expect(code).toBe(1);
    expect(message).toMatch(
      /^epochlens: epoch \d, .*the training has diverged: found a .*Lower training\.learningRate \(it is 100\)/,
    );
    expect(await readStatus(run)).toMatchObject({ state: 'failed', error: message.replace('epochlens: ', '') });

    const metrics = await readMetrics(run);
    const checkpoints = await readdir(join(run, 'checkpoints'));
    expect(checkpoints.sort()).toEqual(metrics.map(({ epoch }) => `epoch-00${epoch}.safetensors`));
    for (const { trainLoss, testLoss } of metrics) expect([trainLoss, testLoss]).not.toContain(null);

    const explained = await succeed(['explain', run, '--engine', engine, '--json']);
    expect(explained).not.toMatch(/NaN|null/);
    // It goes on from the last good epoch, and the same happens again.
    expect(await epochlens([...train, '--resume'])).toMatchObject({ code: 1 });
    expect(await readMetrics(run)).toEqual(metrics);
  });
});
