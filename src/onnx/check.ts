/** What is checked of a file before anything of it is read. */
import { InputError } from '../common/errors';
import { Malformed } from './proto/fields';
import { readModel } from './proto/read';
import type { Model, ValueInfo } from './proto/messages';

const OLDEST_OPSET = 7;
const NEWEST_OPSET = 24;

/** @throws InputError for bytes that are no ONNX file, or one of a version that is not read */
export function checkedModel(bytes: Uint8Array, file: string): Model {
  const model = parsed(bytes, file);
  const opset = model.opsets.get('');
  if (opset === undefined || opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
    throw new InputError('an ONNX file of a version that is not read', {
      file,
      found: opset === undefined ? 'no version of the operators' : `operators of version ${opset}`,
      expected: `version ${OLDEST_OPSET} to ${NEWEST_OPSET}`,
      advice: 'export it again with another opset_version',
    });
  }
  if (model.graph.hasSparseInitialisers) {
    throw new InputError('an ONNX file with sparse initialisers', { file, expected: 'dense ones' });
  }
  checkOutputs(model, file);
  return model;
}

function parsed(bytes: Uint8Array, file: string): Model {
  try {
    return readModel(bytes);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new InputError('not an ONNX file', {
      file,
      found: error.message,
      expected: 'a whole file as torch.onnx.export writes it',
    });
  }
}

function checkOutputs({ graph }: Model, file: string): void {
  const seen = new Set<string>();
  for (const { operator, name, outputs } of graph.nodes) {
    for (const output of outputs) {
      if (output !== '' && seen.has(output)) {
        throw new InputError('an ONNX graph with an output of two nodes', {
          file,
          place: `node ${name || output} (${operator})`,
          found: `${output} a second time`,
          expected: 'each name once',
        });
      }
      seen.add(output);
    }
  }
}

export interface ImagesInput {
  readonly name: string;
  readonly isChannelsLast: boolean;
  /** Undefined where any number may come. */
  readonly batch: number | undefined;
  /** Undefined where the file leaves it open. */
  readonly size: number | undefined;
}

/** The one input that is no initialiser: colour images, square. @throws InputError of any other */
export function imagesInput({ graph }: Model, file: string): ImagesInput {
  const initialised = new Set(graph.initialisers.map(({ name }) => name));
  const inputs = graph.inputs.filter(({ name }) => !initialised.has(name));
  const [input] = inputs;
  const expected = 'one input of colour images, [n, 3, h, w] or [n, h, w, 3]';
  if (input === undefined || inputs.length > 1) {
    throw new InputError('an ONNX file that takes something other than images', {
      file,
      found: `${inputs.length} inputs${
        inputs.length > 0
          ? ` (${inputs
              .slice(0, 5)
              .map(({ name }) => name)
              .join(', ')})`
          : ''
      }`,
      expected,
    });
  }
  const found = ofShape(input);
  if (found === undefined) {
    const shape = input.shape?.map((each) => (each === '' ? '?' : each)).join(', ') ?? 'of any shape';
    throw new InputError('an ONNX file that takes something other than images', {
      file,
      place: `input ${input.name}`,
      found: `[${shape}]`,
      expected,
    });
  }
  return found;
}

function ofShape({ name, shape }: ValueInfo): ImagesInput | undefined {
  if (shape === undefined) return { name, isChannelsLast: false, batch: undefined, size: undefined };
  if (shape.length !== 4) return undefined;
  const lengths = shape.map((each) => (typeof each === 'number' && each > 0 ? each : undefined)) as [
    number | undefined,
    number | undefined,
    number | undefined,
    number | undefined,
  ];
  const [batch, a, b, c] = lengths;
  const isChannelsLast = c === 3 && a !== 3;
  const channels = isChannelsLast ? c : a;
  const [height, width] = isChannelsLast ? [a, b] : [b, c];
  if ((channels ?? 3) !== 3 || (height ?? width) !== (width ?? height)) return undefined;
  return { name, isChannelsLast, batch, size: height ?? width };
}
