/** Whether the graph of an ONNX file computes here what onnxruntime computes of the file, where that is installed. */
import { isReportedError } from '../common/errors';
import { createRandom } from '../common/random';
import type { NetworkFile } from '../architectures';
import type { ReferenceOutputs } from '../models/graph/verify';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import { readOnnxOutline } from '../onnx';
import { classify } from '../onnxruntime/classify';
import { findOnnxruntime } from '../setup/onnxruntime/location';
import { differs } from './differs';

/** Of the largest logit. */
const TOLERANCE = 1e-4;

/**
 * Compares the logits of an input that is drawn. The engine must have been started.
 * @param weights the file's own
 * @returns a sentence; undefined where onnxruntime is not installed, or the network is not a file's
 * @throws InputError where they differ
 */
export async function onnxruntimeCheckText(model: Model, weights: Weights): Promise<string | undefined> {
  const { file } = model.network;
  if (file === undefined || findOnnxruntime() === undefined) return undefined;
  const reference = await outputsOf(file).catch((error: unknown) => {
    if (!isReportedError(error)) throw error;
    return error.message;
  });
  if (typeof reference === 'string') return `The logits were not compared with onnxruntime’s: ${reference}`;
  const { verifyGraph } = await import('../models/graph/verify');
  const verification = verifyGraph(model, weights, reference);
  if (verification.relative <= TOLERANCE) {
    return `The logits of a drawn input are onnxruntime’s, to ${verification.relative.toExponential(1)} of the largest.`;
  }
  throw differs(file.path, verification, { than: 'in onnxruntime', of: 'of a drawn input', tolerance: TOLERANCE });
}

async function outputsOf({ path, graph: { inputSize } }: NetworkFile): Promise<ReferenceOutputs> {
  const { isChannelsLast, batch, endsInSoftmax } = await readOnnxOutline(path, inputSize);
  const random = createRandom('input of a forward check', inputSize);
  const images = Float32Array.from({ length: 3 * inputSize * inputSize }, () => random.normal());
  const data = isChannelsLast ? channelsLast(images) : images;
  const image = isChannelsLast ? [inputSize, inputSize, 3] : [3, inputSize, inputSize];
  const { values } = classify(path, { data, shape: [1, ...image] }, batch);
  return { images, count: 1, logits: values, areProbabilities: endsInSoftmax };
}

/** [3, positions] to [positions, 3]. */
function channelsLast(images: Float32Array): Float32Array {
  const positions = images.length / 3;
  return Float32Array.from(images, (_, at) => images[(at % 3) * positions + Math.floor(at / 3)] as number);
}
