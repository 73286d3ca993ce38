/** Tensors that several programs share, as variables of the TensorFlow session that runs these programs as graphs. */
import * as tf from '@tensorflow/tfjs-core';
import { OPERATION_BY_OPERATION, type Variables, type Program, type Tensors } from '../programs';
import { inputNames } from './compile';
import { keyOf, whyNoGraph } from './describe';
import { openStatefulSession, record, type NativeBackend, type StatefulGraph, type StatefulSession } from './graph';

type Named = Record<string, tf.Tensor>;
type AnyProgram = Program<Named, Named>;

/** @param onWarning is told when a program cannot be made a graph: the state is then tensors like any others, for good */
export function sessionVariables<S extends Tensors<S>>(
  backend: NativeBackend,
  initial: S,
  onWarning: (text: string) => void,
): Variables<S> {
  const names = Object.keys(initial);
  /** By program and shapes of inputs. The session has them all, and is opened anew for one more. */
  const graphs = new Map<string, StatefulGraph>();
  /** Either of the two has the state: these tensors at first, and where there cannot be a session. */
  let tensors: Variables<Named> | undefined = OPERATION_BY_OPERATION.createVariables<Named>({ ...initial });
  let session: StatefulSession | undefined;
  let refused = false;

  function read(wanted: readonly string[]): Named {
    if (tensors !== undefined) return tensors.read(wanted);
    const values = session?.read(wanted) ?? [];
    return Object.fromEntries(wanted.map((name, index) => [name, values[index] as tf.Tensor]));
  }

  function release(): void {
    tensors?.dispose();
    session?.dispose();
    [tensors, session] = [undefined, undefined];
  }

  /** @throws what recording and opening throw; the state is then where it was */
  function learn(key: string, program: AnyProgram, inputs: Named): void {
    const state = read(names);
    try {
      const graph = recordStateful(backend, program, state, inputs);
      const opened = openStatefulSession(backend, state, [...graphs.values(), graph]);
      release();
      session = opened;
      graphs.set(key, graph);
    } finally {
      tf.dispose(state);
    }
  }

  function runGraph(program: AnyProgram, inputs: Named): Named {
    const key = keyOf(program, inputs, true);
    if (!graphs.has(key)) learn(key, program, inputs);
    const values = session?.run(
      [...graphs.keys()].indexOf(key),
      inputNames(inputs).map((name) => inputs[name] as tf.Tensor),
    );
    const told = graphs.get(key)?.outputs.filter((name) => !names.includes(name)) ?? [];
    return Object.fromEntries(told.map((name, index) => [name, values?.[index] as tf.Tensor]));
  }

  /** Without a session from now on. */
  function refuse(program: string, error: unknown): void {
    refused = true;
    onWarning(whyNoGraph(program, error));
    const state = read(names);
    release();
    tensors = OPERATION_BY_OPERATION.createVariables(state);
  }

  function run(program: AnyProgram, inputs: Named): Named {
    try {
      if (!refused) return runGraph(program, inputs);
    } catch (error) {
      // Where it is the function that fails, it does so again below, and says it better.
      refuse(program.name, error);
    }
    return (tensors as Variables<Named>).run(program, inputs);
  }

  return {
    run: (program, inputs) => run(program as unknown as AnyProgram, inputs) as never,
    read: (wanted) => read(wanted as readonly string[]) as never,
    dispose: release,
  };
}

/** @returns the program as a graph, in which inputs and outputs are in the order of their names */
function recordStateful(backend: NativeBackend, program: AnyProgram, state: Named, inputs: Named): StatefulGraph {
  const given = { ...state, ...inputs };
  const all = [...Object.keys(state), ...inputNames(inputs)];
  const tensors = all.map((name) => given[name] as tf.Tensor);
  const { graph, result } = record(backend, tensors, () => program.compute(given));
  tf.dispose(result);
  return { graph, inputs: all, outputs: Object.keys(result) };
}
