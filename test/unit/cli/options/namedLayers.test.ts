import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { namedLayers } from '../../../../src/cli/options/namedLayers';
import { InputError } from '../../../../src/common/errors';
import { smallOnnx } from '../../../onnx/small';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-layers-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('are those of an ONNX file', async () => {
  const path = join(folder, 'small.onnx');
  await writeFile(path, smallOnnx());
  const [{ name, inputSize, defaultLayer } = { name: '' }] = await namedLayers(path);
  expect([name, inputSize]).toEqual([path, 32]);
  expect(defaultLayer).toMatchObject({ channels: 16, height: 8, width: 8 });
});

it('are refused of a file that is not there', async () => {
  const error: unknown = await namedLayers(join(folder, 'smal.onnx')).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toMatch(/no such ONNX file/);
});
