/** One program as one graph. */
import * as tf from '@tensorflow/tfjs-core';
import type { Program, Tensors } from '../programs';
import {
  convolveSmallMaps,
  foldBatchNorm,
  forAnyBatch,
  openSession,
  record,
  type Graph,
  type NativeBackend,
} from './graph';

export interface CompiledProgram {
  run(inputs: object): unknown;
  dispose(): void;
}

/** Two lengths of a batch that differ, and are not such as 1 that operations make a difference for. */
const SAMPLE_LENGTHS = [2, 3] as const;

/**
 * @param sized whether the graph is for batches of these inputs' size only
 * @returns undefined when it could only be made for batches of one size
 * @throws what recording and opening throw
 */
export function compileProgram<I extends Tensors<I>, O extends Tensors<O>>(
  backend: NativeBackend,
  program: Program<I, O>,
  inputs: I,
  sized: boolean,
): CompiledProgram | undefined {
  const names = inputNames(inputs);
  const { lasting = [], batched = [] } = program;
  let outputNames: string[] = [];

  function recordWith(values: I): Graph {
    const { graph, result } = record(backend, tensorsOf(values, names), () => program.compute(values));
    outputNames = Object.keys(result);
    tf.dispose(Object.values(result));
    return graph;
  }

  function recordSample(length: number): Graph {
    const zeros = batched.map((name) => [name, tf.zeros([length, ...inputs[name].shape.slice(1)], inputs[name].dtype)]);
    const sample = Object.fromEntries(zeros) as Partial<I>;
    try {
      return recordWith({ ...inputs, ...sample });
    } finally {
      tf.dispose(Object.values(sample));
    }
  }

  const anySize = !sized && batched.length > 0;
  const graph = anySize ? forAnyBatch(...(SAMPLE_LENGTHS.map(recordSample) as [Graph, Graph])) : recordWith(inputs);
  if (graph === undefined) return undefined;
  const isLasting = (index: number): boolean => lasting.includes(names[index] as keyof I);
  const session = openSession(backend, improved(backend, graph, isLasting), isLasting);
  return {
    run(values) {
      const outputs = session.run(tensorsOf(values as I, names));
      return Object.fromEntries(outputNames.map((name, index) => [name, outputs[index]]));
    },
    dispose: () => session.dispose(),
  };
}

/** The same in fewer or faster operations. */
function improved({ binding }: NativeBackend, graph: Graph, isLasting: (index: number) => boolean): Graph {
  const folded = foldBatchNorm(graph);
  // Graphics cards have kernels for these of their own.
  if (binding.isUsingGpuDevice()) return folded;
  const lasting = folded.inputs.filter((_, index) => isLasting(index));
  return convolveSmallMaps(folded, lasting);
}

/** In an order that does not depend on how the object was put together. */
export function inputNames<I extends Tensors<I>>(inputs: I): (keyof I & string)[] {
  return (Object.keys(inputs) as (keyof I & string)[]).sort();
}

function tensorsOf<I extends Tensors<I>>(inputs: I, names: readonly (keyof I)[]): tf.Tensor[] {
  return names.map((name) => inputs[name]);
}
