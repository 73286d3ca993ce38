/** The thread beside the one that computes, as it is built. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, InputError, WorkError } from '../../src/common/errors';
import { createBackground, type Background } from '../../src/computations/worker/worker';
import { JOBS } from '../../src/computations/worker/jobs';
import { drawSet } from '../../src/datasets/synthetic';
import { createModel } from '../../src/models/model';
import { initialWeights, type Weights } from '../../src/models/weights';
import { saveCheckpoint, withoutSum } from '../checkpointFiles';
import { hashCheckpoint, type HashedCheckpoint } from '../../src/weights/hashedCheckpoint';
import { createReadAhead } from '../../src/computations/readAhead';
import type { Perturbation } from '../../src/perturbations';
import { dist, temporaryFolder } from './cli';

const NOISE: Perturbation = {
  ...{ kind: 'gaussianNoise', standardDeviation: 0.1, rounds: 3, seed: 1 },
  ...{ images: undefined, expect: undefined },
};
const model = createModel('resnet20', 32, 10);
const set = drawSet('test', 8, 1);
const batch = (round: number) => ({ ...set, pixels: set.pixels.slice(), start: 3, entry: NOISE, round });

const BUILT = join(dist, 'worker.js');

let said: string[] = [];
beforeEach(() => {
  said = [];
});
const withProgram = (program: string | undefined): Background =>
  createBackground({ program: () => program, idleMilliseconds: 50, onWarning: (text) => said.push(text) });

async function program(text: string): Promise<string> {
  const path = join(await temporaryFolder(), 'background.cjs');
  await writeFile(path, text);
  return path;
}

async function checkpoints(count: number): Promise<{ path: string; weights: Weights }[]> {
  const folder = await temporaryFolder();
  return Promise.all(
    Array.from({ length: count }, async (_, seed) => {
      const path = join(folder, `epoch-00${seed}.safetensors`);
      const weights = initialWeights(model, seed);
      await saveCheckpoint(path, model, weights, {});
      return { path, weights };
    }),
  );
}

describe('a job', () => {
  it('is done in the thread, with the bits it has here', async () => {
    const there = withProgram(BUILT);
    const results = await Promise.all([0, 1, 2].map((round) => there.run('perturb', batch(round))));
    expect(results).toEqual([0, 1, 2].map((round) => JOBS.perturb(batch(round))));
    expect(results[0]?.pixels).not.toEqual(results[1]?.pixels);
    expect(said).toEqual([]);
  });

  it('is done by a new thread after the last one has gone', async () => {
    const there = withProgram(BUILT);
    await there.run('perturb', batch(0));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await there.run('perturb', batch(1))).toEqual(JOBS.perturb(batch(1)));
    expect(said).toEqual([]);
  });

  it('is done here where there can be no thread, which is said once', async () => {
    for (const missing of [undefined, '/nowhere/worker.js']) {
      said = [];
      const here = withProgram(missing);
      expect(await here.run('perturb', batch(0))).toEqual(JOBS.perturb(batch(0)));
      expect(await here.run('perturb', batch(1))).toEqual(JOBS.perturb(batch(1)));
      expect(said).toHaveLength(1);
    }
  });

  it('is done here where the thread dies over it, and so is what waited behind', async () => {
    const dying = "require('node:worker_threads').parentPort.on('message', () => process.exit(3));";
    const there = withProgram(await program(dying));
    const results = await Promise.all([0, 1].map((round) => there.run('perturb', batch(round))));
    expect(results).toEqual([0, 1].map((round) => JOBS.perturb(batch(round))));
    expect(said).toEqual([expect.stringContaining('exit code 3')]);
  });

  it('is given up at once when it is cancelled, and those after it are done', async () => {
    const silent = "require('node:worker_threads').parentPort.on('message', () => undefined);";
    const never = withProgram(await program(silent));
    const controller = new AbortController();
    const waiting = never.run('perturb', batch(0), controller.signal);
    controller.abort();
    await expect(waiting).rejects.toThrow(CancelledError);
    await expect(never.run('perturb', batch(0), controller.signal)).rejects.toThrow(CancelledError);

    const there = withProgram(BUILT);
    const second = new AbortController();
    const given = [0, 1, 2].map((round) => there.run('perturb', batch(round), round === 1 ? second.signal : undefined));
    second.abort();
    const settled = await Promise.allSettled(given);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

describe('weights read ahead', () => {
  const hashed = (files: readonly { readonly path: string }[]): Promise<HashedCheckpoint[]> =>
    Promise.all(files.map(({ path }, epoch) => hashCheckpoint(withoutSum({ epoch, path }))));

  it('are those of each file, in any order of asking', async () => {
    const files = await checkpoints(3);
    const [first, second, third] = (await hashed(files)) as [HashedCheckpoint, HashedCheckpoint, HashedCheckpoint];
    const prefetch = createReadAhead(withProgram(BUILT));
    expect(await prefetch.read(model, first, second)).toEqual(files[0]?.weights);
    expect(await prefetch.read(model, second, third)).toEqual(files[1]?.weights);
    // Not the one that was announced.
    expect(await prefetch.read(model, first)).toEqual(files[0]?.weights);
    expect(said).toEqual([]);
  });

  it('are told damaged when their turn comes, and not before', async () => {
    const files = await checkpoints(2);
    await writeFile(files[1]?.path ?? '', 'no weights');
    const [first, second] = (await hashed(files)) as [HashedCheckpoint, HashedCheckpoint];
    const prefetch = createReadAhead(withProgram(BUILT));
    expect(await prefetch.read(model, first, second)).toEqual(files[0]?.weights);
    const wrong: unknown = await prefetch.read(model, second).catch((error: unknown) => error);
    expect(wrong).toBeInstanceOf(InputError);
    expect(String(wrong)).toContain(second.path);
  });

  it('are refused where their file was replaced since it was hashed', async () => {
    const files = await checkpoints(2);
    const [first, file] = (await hashed(files)) as [HashedCheckpoint, HashedCheckpoint];
    const prefetch = createReadAhead(withProgram(BUILT));
    // Of what was hashed the content is still there.
    expect(await prefetch.read(model, file)).toEqual(files[1]?.weights);
    await saveCheckpoint(file.path, model, initialWeights(model, 9), {});
    await prefetch.read(model, first, file);
    await expect(prefetch.read(model, file)).rejects.toThrow(WorkError);
  });

  it('are read also where the thread dies in the middle', async () => {
    const files = await checkpoints(2);
    const dying = "require('node:worker_threads').parentPort.on('message', () => process.exit(1));";
    const prefetch = createReadAhead(withProgram(await program(dying)));
    const [first, second] = (await hashed(files)) as [HashedCheckpoint, HashedCheckpoint];
    expect(await prefetch.read(model, first, second)).toEqual(files[0]?.weights);
    expect(await prefetch.read(model, second)).toEqual(files[1]?.weights);
    expect(said).toHaveLength(1);
  });

  it('are dropped when nobody goes on, and can be asked for again', async () => {
    const files = await checkpoints(2);
    const [first, second] = (await hashed(files)) as [HashedCheckpoint, HashedCheckpoint];
    const prefetch = createReadAhead(withProgram(BUILT));
    const reading = prefetch.read(model, first, second);
    prefetch.dispose();
    await reading;
    expect(await prefetch.read(model, second)).toEqual(files[1]?.weights);
  });
});
