import { readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesText } from '../../../src/common/bytesText';
import { clearResults, listResults, resultsLimit, runSize, trimResults, whileUsing, type Run } from '../../../src/runs';
import { storeBinaryResult } from '../../../src/runs/results/results';
import { trainedRun } from './trained';

/** Results of 1000 bytes and some, used one after another; only these. */
async function withResults(count: number): Promise<Run> {
  const run = await trainedRun({ epochs: 0 });
  await clearResults(run.folder);
  for (let image = 0; image < count; image++) {
    const before = new Set(await listResults(run.folder));
    await storeBinaryResult(run.folder, 'heatmaps', { image }, new Uint8Array(1000));
    const name = (await listResults(run.folder)).find((each) => !before.has(each)) ?? '';
    const used = new Date(Date.UTC(2026, 0, 1 + image));
    await utimes(join(run.folder, 'results', name), used, used);
  }
  return run;
}

describe('what a run takes', () => {
  test('is that of its files, and of what links lead to nothing', async () => {
    const run = await trainedRun({ epochs: 1 });
    const size = await runSize(run.folder);
    expect(size.checkpoints).toBe(2 * 'checkpoint 0 '.length * 20);
    expect(size.optimizerStates).toBe(2 * 'velocity 0 '.length * 20);
    expect(size.all).toBeGreaterThan(size.checkpoints + size.optimizerStates + size.results);
    await symlink('/usr', join(run.folder, 'results', 'link'));
    expect(await runSize(run.folder)).toEqual(size);
    expect((await runSize(join(run.folder, 'nowhere'))).all).toBe(0);
  });

  test('is said in units that can be read', () => {
    expect([0, 1, 999, 1000, 12_345, 999_500, 1_094_608, 1.94e9, 5e14].map(bytesText)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1.0 kB',
      '12 kB',
      '1.0 MB',
      '1.1 MB',
      '1.9 GB',
      '500 TB',
    ]);
  });
});

describe('results', () => {
  test('within their limit stay; beyond it those go that were used longest ago', async () => {
    const { folder } = await withResults(10);
    const before = await listResults(folder);
    expect(await trimResults(folder, 20_000)).toEqual({ files: 0, bytes: 0 });
    const { files } = await trimResults(folder, 8000);
    expect(files).toBeGreaterThan(2);
    const left = await listResults(folder);
    expect(left.length).toBe(before.length - files);
    expect((await runSize(folder)).results).toBeLessThanOrEqual(8000);
    await storeBinaryResult(folder, 'heatmaps', { image: 9 }, new Uint8Array(1000));
    // The newest was still there, and has been written again in its place.
    expect(await listResults(folder)).toEqual(left);
  });

  test('without a limit, and while somebody computes on the run, nothing goes', async () => {
    const { folder } = await withResults(3);
    expect((await trimResults(folder, 0)).files).toBe(0);
    await whileUsing(folder, async () => {
      expect((await trimResults(folder, 100)).files).toBe(0);
      expect(await clearResults(folder)).toBeUndefined();
    });
    expect(await listResults(folder)).toHaveLength(3);
  });

  test('are cleared, and nothing that is not a result', async () => {
    const { folder } = await withResults(3);
    await writeFile(join(folder, 'results', 'notes.txt'), 'mine');
    expect((await clearResults(folder))?.files).toBe(3);
    expect(await readdir(join(folder, 'results'))).toEqual(['notes.txt']);
  });

  test('have a limit that the environment can say', () => {
    expect(resultsLimit({})).toBe(2e9);
    expect(resultsLimit({ EPOCHLENS_RESULTS_LIMIT_MB: '0.5' })).toBe(5e5);
    expect(resultsLimit({ EPOCHLENS_RESULTS_LIMIT_MB: '0' })).toBe(0);
    expect(resultsLimit({ EPOCHLENS_RESULTS_LIMIT_MB: 'much' })).toBe(2e9);
  });
});
