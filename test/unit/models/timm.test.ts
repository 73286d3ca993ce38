/**
 * A checkpoint written here loads in timm, strictly, and gives the same logits there. Where EPOCHLENS_PYTHON names a
 * Python with timm it is asked; elsewhere what it answered before is kept in test/timm/logits.json. To renew that file:
 * EPOCHLENS_PYTHON=… EPOCHLENS_RENEW=1 npx vitest run test/unit/models/timm.test.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArchitectureName } from '../../../src/architectures';
import { createRandom, uniform } from '../../../src/common/random';
import { startEngine } from '../../../src/engine/start';
import { mapsOfOneClass } from '../../../src/computations/heatmaps/classMaps';
import { chooseMethod } from '../../../src/explanations';
import { loadWeights } from '../../../src/models/forward';
import { createModel, type Model } from '../../../src/models/model';
import { requireTargetLayer } from '../../../src/models/targetLayer';
import { initialWeights, type Weights } from '../../../src/models/weights';
import { readCheckpoint } from '../../../src/weights/checkpoint';
import { saveCheckpoint } from '../../checkpointFiles';
import { relativeError } from '../../referenceNumbers';
import { writeNetwork } from '../../timm/network';

/** An architecture, an input size, and a layer where PyTorch's module of that name puts out the same feature map. */
const EXAMPLES: readonly (readonly [ArchitectureName, number, string])[] = [
  ['efficientnet_b0', 64, 'blocks.4.1'],
  ['resnet18', 64, 'layer3.1'],
  ['resnet18_cifar', 32, 'layer2.0'],
  ['resnet20', 32, 'layer2.2'],
  ['resnet56', 32, 'layer3.8'],
  ['resnet18_cifar_maxpool', 32, 'layer4.1'],
  ['resnet32_projection', 32, 'layer2.4'],
  ['vgg11_bn_cifar', 32, 'features.14'],
  ['vgg16_bn_cifar', 32, 'features.42'],
  ['tf_efficientnet_b0', 65, 'blocks.4.1'],
  ['tf_mobilenetv3_small_100', 65, 'blocks.3.1'],
  ['mobilenet_v3_small', 64, 'features.8'],
  ['densenet121', 64, 'features.transition3'],
  ['regnety_004', 64, 's3.b2'],
  ['convnext_tiny', 64, 'stages.2.blocks.4'],
];
const IMAGES = 2;
/** The one that logits.py explains. */
const CLASS = 3;
const scripts = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'timm');
const python = process.env['EPOCHLENS_PYTHON'];

describe('timm', () => {
  const folder = mkdtempSync(join(tmpdir(), 'epochlens-timm-'));
  let expected: Record<'logits' | 'maps', Record<string, number[][]>>;

  beforeAll(async () => {
    await startEngine('auto');
    for (const [name, size, layer] of EXAMPLES) {
      const model = createModel(name, size, 10);
      await saveCheckpoint(
        join(folder, `${name}.safetensors`),
        model,
        livelyWeights(model, initialWeights(model, 1)),
        {},
      );
      writeNetwork(folder, name);
      const nchw = tf.tidy(() => [...tf.transpose(images(name, size), [0, 3, 1, 2]).dataSync()]);
      const example = { architecture: name, shape: [IMAGES, 3, size, size], values: nchw, layer };
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(example));
    }
    const kept = join(scripts, 'logits.json');
    const asked =
      python === undefined
        ? undefined
        : execFileSync(python, [join(scripts, 'logits.py'), folder], { encoding: 'utf8' });
    if (asked !== undefined && process.env['EPOCHLENS_RENEW'] !== undefined) writeFileSync(kept, asked);
    expected = JSON.parse(asked ?? readFileSync(kept, 'utf8')) as typeof expected;
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(EXAMPLES)(
    '%s at %i gives the logits and the heatmaps at %s that it gives here',
    async (name, size, layer) => {
      const model = createModel(name, size, 10);
      const { weights } = await readCheckpoint({ path: join(folder, `${name}.safetensors`) }, model);
      tf.tidy(() => {
        const found = mapsOfOneClass(
          { model, method: chooseMethod(), targetLayer: requireTargetLayer(model, layer) },
          loadWeights(weights),
          images(name, size),
          tf.fill([IMAGES], CLASS, 'int32'),
        );
        expect(relativeError(found.logits.dataSync(), (expected.logits[name] ?? []).flat())).toBeLessThan(1e-3);
        expect(relativeError(found.maps.dataSync(), (expected.maps[name] ?? []).flat())).toBeLessThan(1e-3);
      });
    },
  );
});

/**
 * Fresh statistics and scales are all alike, and some are zero or nearly so, so that their blocks do nothing; these are not,
 * so that an exchange of two tensors shows.
 */
function livelyWeights(model: Model, weights: Weights): Weights {
  const random = createRandom('lively statistics');
  const parameters = weights.parameters.slice();
  let offset = 0;
  for (const { tensor, length } of model.parameters) {
    const own = parameters.subarray(offset, offset + length);
    if (tensor.role === 'scale') own.forEach((_, at) => (own[at] = random.uniform(0.5, 1.5)));
    if (tensor.role === 'layerScale') own.forEach((_, at) => (own[at] = random.uniform(0.1, 0.6)));
    offset += length;
  }
  return {
    parameters,
    means: weights.means.map(() => 0.1 * random.normal()),
    variances: weights.variances.map(() => random.uniform(0.5, 1.5)),
    batchCount: 7,
  };
}

/** [n, size, size, 3] */
function images(name: string, size: number): tf.Tensor4D {
  const values = Float32Array.from(uniform(`timm-${name}`, IMAGES * size * size * 3), (draw) => 4 * draw - 2);
  return tf.tensor4d(values, [IMAGES, size, size, 3]);
}
