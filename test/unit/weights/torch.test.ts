/**
 * Files of PyTorch's give the logits here that they give there. The kept ones are a ResNet-20's, written by
 * test/timm/weights.py; where EPOCHLENS_PYTHON names a Python with timm, that script writes timm's random weights too.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { uniform } from '../../../src/common/random';
import { startEngine } from '../../../src/engine/start';
import { infer, loadWeights } from '../../../src/models/forward';
import { createModel } from '../../../src/models/model';
import { readCheckpoint } from '../../../src/weights/checkpoint';
import { readWeightsFile } from '../../../src/weights/file';
import { networkIn } from '../../../src/weights/network';
import { parseWeights } from '../../../src/weights/parse';
import { relativeError } from '../../referenceNumbers';
import { writeNetwork } from '../../timm/network';

const root = join(import.meta.dirname, '..', '..');
const fixtures = join(root, 'fixtures', 'weights');
const python = process.env['EPOCHLENS_PYTHON'];

beforeAll(() => startEngine('auto'));

async function logitsOf(path: string, name: Parameters<typeof createModel>[0], size: number): Promise<Float32Array> {
  const model = createModel(name, size, 10);
  const { weights } = await readCheckpoint({ path }, model);
  const values = Float32Array.from(uniform(`weights-${size}`, 2 * size * size * 3), (draw) => 4 * draw - 2);
  return tf.tidy(() =>
    infer(model, loadWeights(weights), tf.tensor4d(values, [2, size, size, 3])).dataSync(),
  ) as Float32Array;
}

const expectedIn = (folder: string): number[] =>
  (JSON.parse(readFileSync(join(folder, 'logits.json'), 'utf8')) as number[][]).flat();

const parse = async (path: string) => parseWeights(await readWeightsFile(path), path);

describe('a ResNet-20', () => {
  it.each(['resnet20-e03.pth', 'resnet20-e04.th', 'resnet20-e05.safetensors'])('as %s', async (name) => {
    const path = join(fixtures, name);
    expect(relativeError(await logitsOf(path, 'resnet20', 32), expectedIn(fixtures))).toBeLessThan(1e-3);
    expect(networkIn(await parse(path), path)).toMatchObject({ architecture: 'resnet20', classes: 10 });
  });

  it('comes with what its training said beside it', async () => {
    const said = async (name: string) => (await parse(join(fixtures, name))).dicts[0]?.metadata;
    expect(await said('resnet20-e03.pth')).toEqual({
      epoch: '3',
      acc: '71.5',
      'args.arch': 'resnet20',
      'args.lr': '0.1',
      'args.size': '3,32,32',
    });
    expect(await said('resnet20-e04.th')).toEqual({ epoch: '4', best_prec1: '91.73' });
  });
});

describe.skipIf(python === undefined)('timm’s random weights (with EPOCHLENS_PYTHON)', () => {
  it.each([
    ['efficientnet_b0', 64],
    ['resnet18', 64],
    ['resnet18_cifar', 32],
  ] as const)('%s, in every format', async (name, size) => {
    const folder = mkdtempSync(join(tmpdir(), 'epochlens-torch-'));
    try {
      writeNetwork(folder, name);
      execFileSync(python ?? '', [join(root, 'timm', 'weights.py'), 'random', name, String(size), folder]);
      for (const file of ['weights.safetensors', 'weights.pth', 'weights.pt']) {
        const path = join(folder, file);
        expect(relativeError(await logitsOf(path, name, size), expectedIn(folder)), file).toBeLessThan(1e-3);
        expect(networkIn(await parse(path), path), file).toMatchObject({ architecture: name });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
