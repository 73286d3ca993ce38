/** A training without any recipe: on the embedded engine its bytes are those of versions before there were recipes. */
import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { startWasm } from '../../../src/engine/wasm/start';
import { drawSet } from '../../../src/datasets/synthetic';
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import { NORMALIZATIONS } from '../../../src/study';
import { trainEpoch } from '../../../src/training/epoch';
import { createTrainer } from '../../../src/training/trainer';

beforeAll(startWasm);

const model = createModel('resnet20', 32, 10);

/** Parameters, running statistics and momentum after an epoch of three steps. */
async function sumAfterAnEpoch(microBatchSize?: number): Promise<string> {
  const trainer = createTrainer(model, initialWeights(model, 1));
  const result = await trainEpoch(
    trainer,
    {
      set: drawSet('train', 24, 1),
      input: { inputSize: 32, ...NORMALIZATIONS.cifar10 },
      draw: { seed: 1, epoch: 1, augmentation: 'flipCrop' },
      batchSize: 8,
      microBatchSize,
      hyper: { learningRate: 0.05, momentum: 0.9, weightDecay: 5e-4 },
    },
    {},
  );
  const { weights, velocity } = trainer.read();
  trainer.dispose();
  const hash = createHash('sha256').update(JSON.stringify(result));
  for (const values of [weights.parameters, weights.means, weights.variances, velocity])
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return hash.digest('hex').slice(0, 16);
}

it('gives the same bytes as before, whole and in parts', async () => {
  expect([await sumAfterAnEpoch(), await sumAfterAnEpoch(4)]).toEqual(['83261fe62d3bb48c', '9bd9e2466e75dc3f']);
});
