/** ONNX files that onnxruntime runs, on each engine, against what Python's onnxruntime computes of them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { explainedLayer } from '../../../src/computations/heatmaps/explained';
import { softmax } from '../../../src/common/scores';
import { chooseMethod } from '../../../src/explanations';
import { onnxruntimeCheckText } from '../../../src/importing/onnxruntimeCheck';
import { disposeWeights, loadWeights, predict } from '../../../src/models/forward';
import { createModel, type Model } from '../../../src/models/model';
import { weightsOf } from '../../../src/weights/checkpoint';
import { readForwardOnly } from '../../../src/weights/forwardOnly';
import { readOnnxCheckpoint } from '../../../src/weights/onnx';
import { itOnnxruntime, withOnnxruntime } from '../../onnxruntime';
import { smallOnnx, type SmallNetwork } from '../../onnx/small';

/** Of sin(0), sin(1), …, as two images [2, 3, 32, 32], by onnxruntime 1.30 in Python. */
const LOGITS = [
  [0.092213, -0.145301, 0.194216, 0.069237, 0.063623, 0.126343, -0.423589, 0.386274, 0.145008, -0.004113],
  [0.080354, -0.112902, 0.125551, 0.125574, 0.119741, 0.159187, -0.40069, 0.374142, 0.099552, -0.001369],
];

export function describeOnnxruntime(start: () => Promise<unknown>): void {
  let folder: string;
  beforeAll(async () => {
    await start();
    folder = await mkdtemp(join(tmpdir(), 'epochlens-onnxruntime-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function file(network: SmallNetwork): Promise<string> {
    const path = join(folder, `${JSON.stringify(network).replace(/\W+/g, '-')}.onnx`);
    await writeFile(path, smallOnnx(network));
    return path;
  }

  async function forwardOnly(network: SmallNetwork): Promise<Model> {
    const { network: read } = await readForwardOnly(await file(network));
    return createModel(read, 32, read.file.graph.classes);
  }

  function logitsOf(model: Model): Float32Array {
    const images = Float32Array.from({ length: 2 * 3 * 32 * 32 }, (_, at) => Math.sin(at));
    const weights = loadWeights({
      parameters: new Float32Array(),
      means: new Float32Array(),
      variances: new Float32Array(),
      batchCount: 0,
    });
    const logits = tf.tidy(() => {
      const input = tf.transpose<tf.Tensor4D>(tf.tensor4d(images, [2, 3, 32, 32]), [0, 2, 3, 1]);
      return predict(model, weights, input).dataSync() as Float32Array;
    });
    disposeWeights(weights);
    return logits;
  }

  function expectLogits(logits: Float32Array): void {
    LOGITS.flat().forEach((value, at) => expect(logits[at]).toBeCloseTo(value, 5));
  }

  describe('a network of an operator that is not computed here', () => {
    itOnnxruntime(withOnnxruntime('has the logits that Python’s onnxruntime computes'), async () => {
      expectLogits(logitsOf(await forwardOnly({ activation: 'Hardmax' })));
    });

    itOnnxruntime.each([1, 3])(withOnnxruntime('and so in batches of %i that the file fixes'), async (batch) => {
      expectLogits(logitsOf(await forwardOnly({ activation: 'Hardmax', batch })));
    });

    itOnnxruntime(withOnnxruntime('gives logarithms where it ends in a softmax'), async () => {
      const logits = logitsOf(await forwardOnly({ activation: 'Hardmax', softmax: true }));
      const expected = softmax(Float32Array.from(LOGITS[0] ?? []));
      softmax(logits.subarray(0, 10)).forEach((value, at) => expect(value).toBeCloseTo(expected[at] as number, 5));
    });

    itOnnxruntime(withOnnxruntime('is explained by predictions alone'), async () => {
      const model = await forwardOnly({ activation: 'Hardmax' });
      expect(explainedLayer(model, chooseMethod('rise'), 'auto')).toMatchObject({ name: 'input', height: 32 });
      for (const id of ['gradcam', 'smoothgrad'])
        expect(() => explainedLayer(model, chooseMethod(id), 'auto')).toThrow(
          /gradients.*occlusion, rise, kernel_shap/,
        );
    });

    itOnnxruntime(withOnnxruntime('is refused where it is no network at all'), async () => {
      const path = join(folder, 'odd.onnx');
      await writeFile(path, smallOnnx({ activation: 'NoSuchOperator' }));
      await expect(readForwardOnly(path)).rejects.toThrow(/onnxruntime does not run.*NoSuchOperator/);
    });
  });

  describe('a graph that is read', () => {
    const read = async (network: SmallNetwork) => {
      const path = await file(network);
      const { read: found, stored } = await readOnnxCheckpoint(path);
      const model = createModel(found.network, 32, 10);
      return { model, weights: weightsOf(stored, path, model) };
    };

    itOnnxruntime.each<SmallNetwork>([{}, { softmax: true }, { batch: 3 }])(
      withOnnxruntime('computes what onnxruntime computes: %j'),
      async (network) => {
        const { model, weights } = await read(network);
        expect(await onnxruntimeCheckText(model, weights)).toMatch(/are onnxruntime’s, to \d\.\de-[6-9] /);
      },
    );

    itOnnxruntime(withOnnxruntime('is refused where it does not'), async () => {
      const [{ model }, { weights }] = [await read({}), await read({ seed: 2 })];
      await expect(onnxruntimeCheckText(model, weights)).rejects.toThrow(/else here than in onnxruntime.*differ by/);
    });
  });
}
