/** A checkpoint of a run that somebody names by its path is held against the run's sums. */
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readNamedWeights } from '../../../src/weights/file';
import { checkpointPath, runPaths, writeEpoch } from '../../../src/runs';
import { failureOf, makeRun, makeStudy } from '../runs/fixture';

describe('readNamedWeights', () => {
  let [folder, path, elsewhere] = ['', '', ''];
  beforeEach(async () => {
    folder = (await makeRun(await makeStudy())).folder;
    const checkpoint = Uint8Array.from({ length: 100 }, (_, at) => at);
    await writeEpoch(folder, { epoch: 2, checkpoint, optimizerState: undefined, metrics: undefined });
    path = checkpointPath(folder, 2);
    elsewhere = await mkdtemp(join(tmpdir(), 'weights-'));
    expect(await readNamedWeights(path)).toEqual(Buffer.from(checkpoint));
    const damaged = await readFile(path);
    damaged[50] = (damaged[50] ?? 0) ^ 1;
    await writeFile(path, damaged);
  });

  it('refuses one with a flipped bit, also through a link to it or to its folder', async () => {
    const links = [join(elsewhere, 'last.safetensors'), join(elsewhere, 'run')];
    await symlink(path, links[0] ?? '');
    await symlink(folder, links[1] ?? '');
    for (const named of [path, links[0] ?? '', join(links[1] ?? '', 'checkpoints', 'epoch-002.safetensors')]) {
      const message = await failureOf(readNamedWeights(named));
      expect(message).toMatch(/^InputError: .*the file is damaged: its bytes are not those that were written/);
      expect(message).toContain(named);
    }
  });

  it('refuses one where the checkpoints lie elsewhere behind a link', async () => {
    await rename(runPaths(folder).checkpoints, join(elsewhere, 'scratch'));
    await symlink(join(elsewhere, 'scratch'), runPaths(folder).checkpoints);
    expect(await failureOf(readNamedWeights(path))).toContain('is damaged');
  });

  it('refuses what has lost its sums, and reads what never had any', async () => {
    await rm(runPaths(folder).sums);
    expect(await failureOf(readNamedWeights(path))).toContain('nothing vouches for this file');
    const copy = join(elsewhere, 'checkpoints', 'epoch-002.safetensors');
    await mkdir(join(elsewhere, 'checkpoints'));
    await copyFile(path, copy);
    expect(await readNamedWeights(copy)).toHaveLength(100);
  });
});
