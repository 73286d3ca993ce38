/** What a model is of: an architecture that is known by its name, or a graph that was read from a file. */
import type { Architecture, TensorDeclaration } from './architecture';
import { classifierOf, declare, type Declaration } from './declare';
import { graphClassifier } from './graph/classifier';
import type { Graph } from './graph/graph';

/** What the network of an ONNX file is called in a study. */
export const FILE_NETWORK = 'onnx';
/** Of any name: see `Network`. */
export type AnyNetwork = NetworkNamed<string> | FileNetwork;

export interface NetworkNamed<Name extends string> {
  readonly name: Name;
  readonly architecture: Architecture;
  readonly file?: undefined;
}

export interface FileNetwork {
  readonly name: typeof FILE_NETWORK;
  readonly architecture: Architecture;
  readonly file: NetworkFile;
}

export interface NetworkFile {
  /** Absolute: the ONNX file that it was read from. */
  readonly path: string;
  /** sha256, in hex, of what the graph computes, whatever its weights: tells two graphs apart. Of one that onnxruntime runs, of the file. */
  readonly hash: string;
  /** At the input size that it was read for. */
  readonly graph: Graph;
}

export function isFileNetwork(name: string): name is typeof FILE_NETWORK {
  return name === FILE_NETWORK;
}

/** Whether nothing but predictions can be had of it: no gradients, and no feature maps. */
export function isForwardOnly({ file }: AnyNetwork): boolean {
  return file?.graph.nodes.some(({ operation }) => operation.kind === 'foreign') ?? false;
}

/** Tells a network from every other: two files of one graph are the same, whatever their weights. */
export function networkId({ name, file }: AnyNetwork): string {
  return file === undefined ? name : `${name} ${file.hash}`;
}

/** What a network is made of, and how large its feature maps are at an input size. */
export function declareNetwork(
  { architecture: declared }: AnyNetwork,
  inputSize: number,
  classes: number,
): Declaration {
  return declare(declared, inputSize, classes);
}

/** The names of the tensors of the layer whose outputs are the logits, its weight first; none where a graph has no such layer. */
export function classifierTensors({ file }: AnyNetwork, tensors: readonly TensorDeclaration[]): ReadonlySet<string> {
  if (file !== undefined) {
    const classifier = graphClassifier(file.graph);
    // A bias that is added behind a product is met before the product's weight.
    return new Set(classifier === undefined ? [] : [classifier.weight, ...classifier.axes.keys()]);
  }
  const prefix = classifierOf(tensors);
  return new Set(tensors.flatMap(({ name }) => (name.startsWith(prefix) ? [name] : [])));
}

export function isTrainable({ role }: TensorDeclaration): boolean {
  return role !== 'runningMean' && role !== 'runningVariance' && role !== 'batchCount';
}
