import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { storeMeasured, runNumbers, withMeasured } from '../../../../src/runs';
import { runContent } from '../../report/content';
import { claims, manifestOf } from './manifests';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-numbers-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('accuracies that were measured later stand beside those of before, in order', () => {
  const { metrics } = runContent();
  const later = { epoch: 3, measured: { right: 63, count: 100 }, claimed: claims(93), differs: true };
  const kept = { epoch: 1, measured: { right: 5, count: 100 }, claimed: claims(93), differs: true };
  const unmeasured = { epoch: 2, measured: null, claimed: claims(93), differs: null };
  expect(withMeasured(metrics, [later, unmeasured, kept])).toEqual([
    ...metrics,
    expect.objectContaining({ epoch: 3, testAccuracy: 63, testImages: 100, trainLoss: null, testLoss: null }),
  ]);
});

it('what was measured since is kept, and one by one', async () => {
  const run = manifestOf([
    { epoch: 3, claimed: claims(93.07) },
    { epoch: 4, claimed: claims(91.73) },
  ]);
  expect((await runNumbers(folder, run, [])).metrics).toEqual([]);
  await storeMeasured(folder, new Map([[3, { right: 8, count: 1017 }]]));
  await storeMeasured(folder, new Map([[4, { right: 932, count: 1017 }]]));
  const { metrics, accuracies } = await runNumbers(folder, run, []);
  expect(accuracies.map(({ measured, differs }) => [measured?.right, differs])).toEqual([
    [8, true],
    [932, false],
  ]);
  expect(metrics.map(({ epoch, testImages }) => [epoch, testImages])).toEqual([
    [3, 1017],
    [4, 1017],
  ]);
});

it('a run that was trained here has its own', async () => {
  const { metrics } = runContent();
  expect(await runNumbers(folder, manifestOf(), metrics)).toEqual({ metrics, accuracies: [] });
});
