/** Nothing is read twice: each file that is looked at and then computed from is opened once. */
import type files from 'node:fs/promises';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { createBackground } from '../../../src/computations/worker/worker';
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import { saveCheckpoint, withoutSum } from '../../checkpointFiles';
import { hashCheckpoints } from '../../../src/weights/hashedCheckpoint';
import { createReadAhead } from '../../../src/computations/readAhead';

vi.mock('node:fs/promises', async (original) => {
  const all = await original<typeof files>();
  return { ...all, open: vi.fn(all.open) };
});

const folder = await mkdtemp(join(tmpdir(), 'epochlens-reads-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => void vi.mocked(open).mockClear());

const readsOf = (path: string): number => vi.mocked(open).mock.calls.filter(([file]) => file === path).length;

it('a checkpoint is read once to be told apart and to be computed from, and once more where it is asked for again', async () => {
  const model = createModel('resnet20', 32, 10);
  const found = [0, 1, 2].map((epoch) => withoutSum({ epoch, path: join(folder, `epoch-00${epoch}.safetensors`) }));
  for (const { epoch, path } of found) await saveCheckpoint(path, model, initialWeights(model, epoch), {});
  // In this thread, where reads can be counted.
  const here = createBackground({ program: () => undefined, idleMilliseconds: 0, onWarning: () => undefined });
  const prefetch = createReadAhead(here);
  const checkpoints = await hashCheckpoints(found);
  await hashCheckpoints(found);
  for (const [at, checkpoint] of checkpoints.entries()) {
    const weights = await prefetch.read(model, checkpoint, checkpoints[at + 1]);
    expect(weights.parameters).toEqual(initialWeights(model, at).parameters);
  }
  expect(found.map(({ path }) => readsOf(path))).toEqual([1, 1, 1]);
  await prefetch.read(model, checkpoints[0] as (typeof checkpoints)[number]);
  expect(found.map(({ path }) => readsOf(path))).toEqual([2, 1, 1]);
});
