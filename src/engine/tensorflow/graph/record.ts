/**
 * Records what a function of tensors computes, while it computes it.
 *
 * Everything that tfjs-node does passes through four functions of its addon, by the numbers of tensors: one makes a
 * tensor from values, one runs an operation, one deletes a tensor and one reads it. While a function is recorded the
 * backend has an addon that notes the first two and refuses the last: a function that reads a tensor may go on
 * differently with other inputs. What is made from JavaScript's values is a constant of the graph.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { NativeBackend } from './backend';
import type { TFEOpAttr, TensorMetadata, TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';
import type { Attribute, Graph, Node, Output, Placeholder } from './graph';

/** Why a function cannot be recorded. */
class RecordingError extends Error {}

export interface Recording<R> {
  readonly graph: Graph;
  /** What the function gave: it has been computed, one operation after the other. The caller disposes it. */
  readonly result: R;
}

/**
 * @param inputs the tensors that the function depends on; it must use no other that was there before
 * @param compute is called once, in a tidy
 * @throws RecordingError, and what the function throws
 */
export function record<R extends { readonly [Name in keyof R]: tf.Tensor }>(
  backend: NativeBackend,
  inputs: readonly tf.Tensor[],
  compute: () => R,
): Recording<R> {
  const addon = backend.binding;
  // As numbers: whoever made them may have left the values with JavaScript so far.
  const idsOf = (tensors: readonly tf.Tensor[]): number[] => backend.getInputTensorIds([...tensors]);
  const tape = createTape();
  const placeholders = idsOf(inputs).map((id, index) => {
    const { shape, dtype } = inputs[index] as tf.Tensor;
    return tape.placeholder(id, shape, backend.getDTypeInteger(dtype));
  });
  backend.binding = recordingAddon(addon, tape);
  const stopNoting = noteValues(backend, tape);
  try {
    let outputs: Output[] = [];
    // Within the tidy, which disposes the result when it is none that was recorded.
    const result = tf.tidy(() => {
      const computed = compute();
      outputs = idsOf(Object.values(computed)).map(tape.outputOf);
      return computed;
    });
    return { graph: { nodes: tape.nodes, inputs: placeholders, outputs }, result };
  } finally {
    backend.binding = addon;
    stopNoting();
  }
}

/**
 * Values go to TensorFlow when the first operation needs them. Those that were there before the function began are no
 * constants of it, so the arrays that it makes tensors of itself are noted here.
 */
function noteValues(backend: NativeBackend, tape: Tape): () => void {
  const write = backend.write.bind(backend);
  backend.write = (values, shape, type) => {
    tape.values.add(values);
    return write(values, shape, type);
  };
  return () => {
    // The method of the class again.
    delete (backend as Partial<NativeBackend>).write;
  };
}

/** The addon with its two functions that make tensors noted, and the one that reads them refused. */
function recordingAddon(addon: TFJSBinding, tape: Tape): TFJSBinding {
  const overrides: Pick<TFJSBinding, 'createTensor' | 'executeOp' | 'tensorDataSync'> = {
    createTensor(shape, type, values) {
      const id = addon.createTensor(shape, type, values);
      tape.constant(id, shape, type, values);
      return id;
    },
    executeOp(op, attributes, inputIds, count) {
      const inputs = inputIds.map(tape.outputOf);
      const outputs = addon.executeOp(op, attributes, inputIds, count);
      tape.operation(op, attributes, inputs, outputs);
      return outputs;
    },
    tensorDataSync() {
      throw new RecordingError('the values of a tensor are read');
    },
  };
  // Not by assignment: the addon's own functions are read-only.
  return Object.create(addon, Object.getOwnPropertyDescriptors(overrides)) as TFJSBinding;
}

type Tape = ReturnType<typeof createTape>;

function createTape() {
  const nodes: Node[] = [];
  /** The arrays that constants may be made of. */
  const values = new WeakSet<object>();
  /** By the addon's numbers, which it gives to no other tensor later. */
  const outputs = new Map<number, Output>();

  function outputOf(id: number): Output {
    const output = outputs.get(id);
    if (output === undefined) throw new RecordingError('a tensor is used that is neither an input nor made from one');
    return output;
  }

  function add<N extends Node>(node: N, ids: readonly number[]): N {
    nodes.push(node);
    for (const [index, id] of ids.entries()) outputs.set(id, { node: node.name, index });
    return node;
  }

  /** Names are unique, and say what is what to whoever looks at the graph. */
  const nameFor = (what: string): string => `${what}_${nodes.length}`;

  return {
    nodes,
    values,
    outputOf,
    placeholder(id: number, shape: readonly number[], type: number): Placeholder {
      return add({ kind: 'placeholder', name: nameFor('input'), type, shape }, [id]);
    },
    constant(id: number, shape: readonly number[], type: number, data: object): void {
      // It stays unknown, and is refused where it is used.
      if (!values.has(data)) return;
      if (!ArrayBuffer.isView(data)) throw new RecordingError('a constant is not made of numbers');
      // A copy: what a kernel does with its array afterwards is no business of the graph.
      const content = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
      add({ kind: 'constant', name: nameFor('constant'), type, shape: [...shape], content }, [id]);
    },
    operation(
      op: string,
      attributes: readonly TFEOpAttr[],
      inputs: readonly Output[],
      results: readonly TensorMetadata[],
    ) {
      const node = {
        kind: 'operation' as const,
        name: nameFor(op),
        op,
        attributes: attributes as readonly Attribute[],
        inputs,
        shapes: results.map(({ shape }) => shape),
        types: results.map(({ dtype }) => dtype),
      };
      add(
        node,
        results.map(({ id }) => id),
      );
    },
  };
}
