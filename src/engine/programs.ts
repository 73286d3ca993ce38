/**
 * Functions of tensors as programs. An engine that can take a whole function, and run it faster than its operations one
 * after the other, says so here; on any other a program is the function itself.
 */
import * as tf from '@tensorflow/tfjs-core';

/** An object of tensors and nothing else. */
export type Tensors<T> = { readonly [Name in keyof T]: tf.Tensor };

/** A pure function of tensors with a name that tells it from all others, whatever it closes over included. */
export interface Program<I extends Tensors<I>, O extends Tensors<O>> {
  readonly name: string;
  /** It must use no other tensors, read none, and do the same for any values of inputs of the same shapes. */
  readonly compute: (inputs: I) => O;
  /** Inputs that are the same tensors for many calls, such as weights. */
  readonly lasting?: readonly (keyof I)[];
  /** Inputs whose first axis is the batch, where the same is done for a batch of any size. */
  readonly batched?: readonly (keyof I)[];
  /**
   * Whether it may be computed operation by operation as long as that takes less time than to prepare anything faster.
   * Then the numbers of two calls can differ by rounding.
   */
  readonly patient?: boolean;
}

/** Tensors that stay with the engine from one call to the next, such as the weights of a model while it is trained. */
export interface Variables<S extends Tensors<S>> {
  /**
   * Computes a program of the state and of these inputs, which are of few different shapes over the state's life.
   * @returns its outputs, but for those that are named as parts of the state: these parts are replaced by them
   */
  run<I extends Tensors<I>, O extends Tensors<O>>(
    program: Program<S & NoInfer<I>, O>,
    inputs: I,
  ): { readonly [Name in Exclude<keyof O, keyof S>]: O[Name] };
  /** As they are now; the caller disposes them. */
  read<N extends keyof S>(names: readonly N[]): Pick<S, N>;
  dispose(): void;
}

export interface ProgramRunner {
  run<I extends Tensors<I>, O extends Tensors<O>>(program: Program<I, O>, inputs: I): O;
  /** @param initial is the holder's from now on */
  createVariables<S extends Tensors<S>>(initial: S): Variables<S>;
  /** Gives back what it holds for the programs so far. */
  dispose(): void;
}

/** One operation after the other: what every other way is held against. */
export const OPERATION_BY_OPERATION: ProgramRunner = {
  run({ compute }, inputs) {
    return tf.tidy(() => compute(inputs) as tf.TensorContainer) as ReturnType<typeof compute>;
  },
  createVariables: tensorVariables,
  dispose: () => undefined,
};

let runner = OPERATION_BY_OPERATION;

/** For the engine that is starting, and for tests. @returns the one before */
export function useProgramRunner(next: ProgramRunner): ProgramRunner {
  const before = runner;
  runner = next;
  return before;
}

/** The caller disposes what it gets; the inputs stay as they are. */
export function runProgram<I extends Tensors<I>, O extends Tensors<O>>(program: Program<I, O>, inputs: I): O {
  return runner.run(program, inputs);
}

/** @param initial is the holder's from now on */
export function createVariables<S extends Tensors<S>>(initial: S): Variables<S> {
  return runner.createVariables(initial);
}

/** The state as tensors like any others, but for the tidy in which they may be made, which they outlive. */
function tensorVariables<S extends Tensors<S>>(initial: S): Variables<S> {
  const state = new Map<PropertyKey, tf.Tensor>(Object.entries<tf.Tensor>(initial));
  for (const tensor of state.values()) tf.keep(tensor);
  return {
    run(program, inputs) {
      const given = { ...Object.fromEntries(state), ...inputs } as S & typeof inputs;
      const outputs = new Map(Object.entries<tf.Tensor>(OPERATION_BY_OPERATION.run(program, given)));
      for (const [name, before] of state) {
        const next = outputs.get(name as string);
        if (next === undefined) continue;
        before.dispose();
        state.set(name, tf.keep(next));
        outputs.delete(name as string);
      }
      return Object.fromEntries(outputs) as never;
    },
    read: (names) => Object.fromEntries(names.map((name) => [name, tf.clone(state.get(name) as tf.Tensor)])) as never,
    dispose: () => tf.dispose([...state.values()]),
  };
}
