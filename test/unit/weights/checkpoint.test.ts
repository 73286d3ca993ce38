import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/common/errors';
import { createModel } from '../../../src/models/model';
import { initialWeights, type Weights } from '../../../src/models/weights';
import { readCheckpoint } from '../../../src/weights/checkpoint';
import { saveCheckpoint } from '../../checkpointFiles';
import { parseSafetensors, serialiseSafetensors } from '../../../src/weights/safetensors';
import type { StoredTensor } from '../../../src/weights/stored';

const model = createModel('efficientnet_b0', 32, 10);
const weights: Weights = { ...initialWeights(model, 5), batchCount: 77 };

let folder: string;
let good: string;
afterAll(() => rm(folder, { recursive: true }));
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-checkpoint-'));
  good = join(folder, 'good.safetensors');
  await saveCheckpoint(good, model, weights, { epoch: '3' });
});

/** The good file with some of its tensors changed. */
async function changed(name: string, change: (tensors: Map<string, StoredTensor>) => void): Promise<string> {
  const tensors = new Map(parseSafetensors(await readFile(good), good).tensors);
  change(tensors);
  const path = join(folder, `${name}.safetensors`);
  const stored = [...tensors].map(([key, tensor]) => ({ name: key, ...tensor }));
  await writeFile(path, serialiseSafetensors(stored, {}));
  return path;
}

/** Millions of values: compared as bytes, which is quick. */
function expectSameBits(actual: Weights, expected: Weights): void {
  for (const name of ['parameters', 'means', 'variances'] as const) {
    expect(Buffer.compare(bytesOf(actual[name]), bytesOf(expected[name])), name).toBe(0);
  }
  expect(actual.batchCount).toBe(expected.batchCount);
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

async function messageOf(path: string, of = model): Promise<string> {
  const error: unknown = await readCheckpoint({ path }, of).catch((reason: unknown) => reason);
  if (error instanceof InputError) return error.message;
  throw new Error('it was accepted, or failed otherwise', { cause: error });
}

describe('a checkpoint', () => {
  it('is read back to the bit, through PyTorch’s layouts', async () => {
    const read = await readCheckpoint({ path: good }, model);
    expectSameBits(read.weights, weights);
    expect(read.network.metadata).toEqual({ epoch: '3', architecture: 'efficientnet_b0' });
    expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/tmp$/));
  });

  it('has the state dict’s names and shapes, in its order', async () => {
    const { tensors } = parseSafetensors(await readFile(good), good);
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual(
      model.tensors.map(({ name, shape }) => [name, shape]),
    );
    expect(tensors.get('conv_stem.weight')?.shape).toEqual([32, 3, 3, 3]);
    expect(tensors.get('bn1.num_batches_tracked')?.data).toEqual(Float32Array.of(77));
  });

  it('may lack num_batches_tracked', async () => {
    const path = await changed('old', (tensors) => {
      for (const name of [...tensors.keys()]) if (name.endsWith('num_batches_tracked')) tensors.delete(name);
    });
    expectSameBits((await readCheckpoint({ path }, model)).weights, { ...weights, batchCount: 0 });
  });
});

describe('a wrong one', () => {
  it('lacks a tensor', async () => {
    const path = await changed('missing', (tensors) => tensors.delete('classifier.bias'));
    expect(await messageOf(path)).toBe(
      `missing.safetensors, tensor classifier.bias: not weights of efficientnet_b0: found no such tensor, expected [10] (${path})`,
    );
  });

  it('has one too many', async () => {
    const path = await changed('more', (tensors) => tensors.set('extra', { shape: [1], data: new Float32Array(1) }));
    expect(await messageOf(path)).toMatch(/more\.safetensors, tensor extra: .*found 1 of \d+ tensors that .* does not/);
  });

  it('has one of another shape, also of the same number of values', async () => {
    const path = await changed('misshapen', (tensors) => {
      const data = tensors.get('conv_stem.weight')?.data as Float32Array;
      tensors.set('conv_stem.weight', { shape: [3, 32, 3, 3], data });
    });
    expect(await messageOf(path)).toBe(
      `misshapen.safetensors, tensor conv_stem.weight: a tensor of another shape: found [3, 32, 3, 3], expected [32, 3, 3, 3] (${path})`,
    );
  });

  it.each([NaN, Infinity])('has a value of %s', async (value) => {
    const path = await changed('nan', (tensors) => {
      const { shape, data } = tensors.get('bn2.running_var') as StoredTensor;
      tensors.set('bn2.running_var', { shape, data: data.with(41, value) });
    });
    expect(await messageOf(path)).toBe(
      `nan.safetensors, tensor bn2.running_var, element 41: a value that is not finite: found ${value}, expected finite numbers (${path})`,
    );
  });

  it('is of another architecture', async () => {
    expect(await messageOf(good, createModel('resnet18', 64, 10))).toMatch(
      /tensor conv_stem\.weight: not weights of resnet18/,
    );
  });

  it('is not there, a folder, or too large to be one', async () => {
    expect(await messageOf(join(folder, 'none'))).toMatch(
      /none: no such weights file: expected \.safetensors, .* from the study’s folder/,
    );
    expect(await messageOf(folder)).toMatch(/: not a file: found a folder, expected a file/);
    const huge = join(folder, 'huge.safetensors');
    const file = await open(huge, 'w');
    await file.truncate(3e9);
    await file.close();
    expect(await messageOf(huge)).toMatch(/huge\.safetensors: too large.*found 3000000000 bytes, expected at most/);
  });
});
