/** A network that was read from a file: a list of operations, each on values that come before it. */
import type { MapView, TargetLayer } from '../targetLayer';
import type { TensorDeclaration } from '../tensor';
import type { Operation, Shape } from './operations';

export type { MapView } from '../targetLayer';

/** The images are value 0: [n, inputSize, inputSize, 3], normalised. */
export type ValueId = number;

export type Input =
  | { readonly value: ValueId }
  /** A tensor of the state dict, trained like any other: as `tensorflowShape` of its role has it. */
  | { readonly parameter: string }
  /** A number of {@link Graph.constants}. */
  | { readonly constant: number };

export interface Constant {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface GraphNode {
  /** As the file calls it, for messages. */
  readonly name: string;
  /** ONNX's operator, for messages. */
  readonly operator: string;
  readonly operation: Operation;
  readonly inputs: readonly Input[];
  readonly output: ValueId;
  /** Of the output, as it lies in memory. */
  readonly shape: Shape;
}

export interface GraphLayer extends TargetLayer {
  readonly value: ValueId;
  readonly view: MapView;
  /** Other modules whose output is the same value: "layer4", "layer4.1" for "layer4.1.act2". */
  readonly aliases: readonly string[];
}

export interface Graph {
  readonly inputSize: number;
  readonly classes: number;
  /** In an order in which each comes behind what it needs. */
  readonly nodes: readonly GraphNode[];
  readonly constants: readonly Constant[];
  /** The logits: [n, classes]. */
  readonly output: ValueId;
  /** The state dict, running statistics included, in the file's order. */
  readonly tensors: readonly TensorDeclaration[];
  /** In forward order. */
  readonly layers: readonly GraphLayer[];
  /** The name of the one that `auto` means: the last with more than one position. */
  readonly defaultLayer: string;
  /** As an architecture's. */
  readonly head: 'gapLinear' | 'other';
  /** What a person should know, a sentence each: what was folded, what was left out. */
  readonly notes: readonly string[];
}
