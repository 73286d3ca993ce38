/** Runs graphs that share a state: TensorFlow has them, and the state, in one session. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { NativeBackend } from './backend';
import type { Output } from './graph';
import { outputName, writeSavedModel } from './savedModel';
import { load } from './session';
import { shareState, type Call, type StatefulGraph, type Variable } from './variables';

export interface StatefulSession {
  /**
   * @param graph its number
   * @param inputs those that are no variables. @returns new tensors, for the outputs that are none
   */
  run(graph: number, inputs: readonly Tensor[]): Tensor[];
  /** The variables' values, as new tensors. */
  read(names: readonly string[]): Tensor[];
  /** Frees TensorFlow's session, and the state with it. */
  dispose(): void;
}

/**
 * @param initial the variables' first values, which stay the caller's
 * @throws Error when TensorFlow refuses a graph
 */
export function openStatefulSession(
  backend: NativeBackend,
  initial: Readonly<Record<string, Tensor>>,
  graphs: readonly StatefulGraph[],
): StatefulSession {
  const variables = Object.entries(initial).map(([name, { dtype, shape }]): Variable => ({
    name,
    type: backend.getDTypeInteger(dtype),
    shape,
  }));
  const { nodes, initialise, values, calls } = shareState(variables, graphs);
  const session = load(backend, writeSavedModel({ nodes }));

  function run({ feeds, fetches }: Call, inputs: readonly Tensor[]): Tensor[] {
    const ids = backend.getInputTensorIds([...inputs]);
    const [feedNames, fetchNames] = [feeds, fetches].map((outputs) => outputs.map(outputName).join());
    const outputs = backend.binding.runSavedModel(session, ids, feedNames as string, fetchNames as string);
    return outputs.map((output) => backend.createOutputTensor(output));
  }

  /** But what only says that it has been done. */
  function runAll(call: Call, inputs: readonly Tensor[]): Tensor[] {
    const outputs = run(call, inputs);
    outputs.pop()?.dispose();
    return outputs;
  }

  const result: StatefulSession = {
    run: (graph, inputs) => runAll(calls[graph] as Call, inputs),
    read: (names) => {
      const fetches = names.map((name) => values[variables.findIndex((variable) => variable.name === name)] as Output);
      return run({ feeds: [], fetches }, []);
    },
    dispose: () => backend.binding.deleteSavedModel(session),
  };
  try {
    runAll(initialise, Object.values(initial));
  } catch (error) {
    result.dispose();
    throw error;
  }
  return result;
}
