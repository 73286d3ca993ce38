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

export interface ProgramRunner {
  run<I extends Tensors<I>, O extends Tensors<O>>(program: Program<I, O>, inputs: I): O;
  /** Gives back what it holds for the programs so far. */
  dispose(): void;
}

/** One operation after the other: what every other way is held against. */
export const OPERATION_BY_OPERATION: ProgramRunner = {
  run({ compute }, inputs) {
    return tf.tidy(() => compute(inputs) as tf.TensorContainer) as ReturnType<typeof compute>;
  },
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
