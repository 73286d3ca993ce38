/** What an ONNX file's own program computed of an input, where that lies beside it, as ONNX's model zoo keeps it. */
import { dirname, join } from 'node:path';
import { readRegularFile } from '../common/regularFile';
import { errorCode } from '../common/reasons';
import { InputError } from '../common/errors';
import { readOnnxOutline, readOnnxTensor, type OnnxTensor } from '../onnx';
import type { ReferenceOutputs } from '../models/graph/verify';

const MOST_BYTES = 2 ** 28;

/**
 * `test_data_set_0/input_0.pb` and `output_0.pb`, in the folder of the file.
 * @returns undefined where there is none @throws InputError where they are not of the graph's input and logits
 */
export async function storedOutputs(
  path: string,
  { inputSize, classes }: { readonly inputSize: number; readonly classes: number },
): Promise<ReferenceOutputs | undefined> {
  const folder = join(dirname(path), 'test_data_set_0');
  const [input, output] = await Promise.all([
    tensorIn(join(folder, 'input_0.pb')),
    tensorIn(join(folder, 'output_0.pb')),
  ]);
  if (input === undefined || output === undefined) return undefined;
  const [count = 0, ...image] = input.shape;
  const [rows, ...rest] = output.shape;
  const isFit =
    image.join() === [3, inputSize, inputSize].join() && rows === count && rest.reduce((a, b) => a * b, 1) === classes;
  if (!isFit) {
    throw new InputError('the stored input and output beside the ONNX file are not its own', {
      file: folder,
      found: `[${input.shape.join(', ')}] and [${output.shape.join(', ')}]`,
      expected: `[n, 3, ${inputSize}, ${inputSize}] and [n, ${classes}]`,
    });
  }
  const { endsInSoftmax } = await readOnnxOutline(path, inputSize);
  return { images: input.data, count, logits: output.data, areProbabilities: endsInSoftmax };
}

async function tensorIn(path: string): Promise<OnnxTensor | undefined> {
  const bytes = await readRegularFile(path, MOST_BYTES).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  });
  return bytes && readOnnxTensor(bytes, path);
}
