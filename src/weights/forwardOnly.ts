/** ONNX files of operators that are not computed here, as networks that only predict: onnxruntime runs them whole. */
import { resolve } from 'node:path';
import { FILE_NETWORK, type FileNetwork, type Graph } from '../architectures';
import { hashFile } from '../common/hashFile';
import { architectureOf, readOnnxOutline, type Outline } from '../onnx';
import { classify } from '../onnxruntime/classify';
import type { StoredNetwork } from './network';

export interface ForwardOnlyNetwork {
  readonly network: FileNetwork;
  /** Without tensors. */
  readonly stored: StoredNetwork;
  readonly classNames: readonly string[] | undefined;
}

/**
 * Its graph is one operation, and its only layer the input itself.
 * @param inputSize pixels a side, where the file leaves them open
 * @throws InputError without onnxruntime-node, and where the file is no classifier of images; WorkError
 */
export async function readForwardOnly(file: string, inputSize?: number): Promise<ForwardOnlyNetwork> {
  const path = resolve(file);
  const outline = await readOnnxOutline(path, inputSize);
  const graph = graphOf(path, outline);
  const { metadata, normalization, classNames } = outline;
  const { classes } = graph;
  return {
    network: {
      name: FILE_NETWORK,
      architecture: architectureOf(graph),
      file: { path, hash: await hashFile(path), graph },
    },
    stored: {
      architecture: FILE_NETWORK,
      twins: [],
      classes,
      tensors: new Map(),
      metadata: {
        ...metadata,
        inputSize: String(graph.inputSize),
        ...(normalization && { mean: normalization.mean.join(), std: normalization.std.join() }),
      },
      stateDict: undefined,
      leftOut: [],
      unknown: [],
    },
    classNames: classNames?.length === classes ? classNames : undefined,
  };
}

function graphOf(file: string, { isChannelsLast, batch, inputSize, endsInSoftmax, notes }: Outline): Graph {
  const image = isChannelsLast ? [inputSize, inputSize, 3] : [3, inputSize, inputSize];
  const data = new Float32Array(inputSize * inputSize * 3);
  const { classes, values } = classify(file, { data, shape: [1, ...image] }, batch);
  const areProbabilities = endsInSoftmax && sumsToOne(values);
  return {
    inputSize,
    classes,
    nodes: [
      {
        name: 'all of the file',
        operator: 'onnxruntime',
        operation: { kind: 'foreign', file, isChannelsLast, batch, areProbabilities },
        inputs: [{ value: 0 }],
        output: 1,
        shape: [{ batch: 1 }, classes],
      },
    ],
    constants: [],
    output: 1,
    tensors: [],
    layers: [
      {
        name: 'input',
        channels: 3,
        height: inputSize,
        width: inputSize,
        value: 0,
        view: { kind: 'map' },
        aliases: [],
      },
    ],
    defaultLayer: 'input',
    head: 'other',
    notes: [
      'onnxruntime runs the network, which has no gradients there: it is explained by predictions alone.',
      ...(areProbabilities ? ['It ends in a softmax: the logarithms of its probabilities are taken as logits.'] : []),
      ...notes,
    ],
  };
}

/** A softmax along another axis than the classes' gives no probabilities of them. */
function sumsToOne(values: Float32Array): boolean {
  return Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) < 1e-3;
}
