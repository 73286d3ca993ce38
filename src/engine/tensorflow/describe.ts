/** How programs are told apart, and what is said of one that stays without a graph. */
import type { Program, Tensors } from '../programs';
import { inputNames } from './compile';

/** The program and the shapes of its inputs, without the batch's size unless that makes a difference. */
export function keyOf<I extends Tensors<I>, O extends Tensors<O>>(
  { name, batched = [] }: Program<I, O>,
  inputs: I,
  sized: boolean,
): string {
  const shapes = inputNames(inputs).map((input) => {
    const { dtype, shape } = inputs[input];
    return `${input}:${dtype}[${(batched.includes(input) && !sized ? ['?', ...shape.slice(1)] : shape).join()}]`;
  });
  return [name, ...shapes].join(' ');
}

export function whyNoGraph(program: string, error: unknown): string {
  return (
    `The ${program} could not be made one graph, and is computed operation by operation, which is slower: ` +
    (error instanceof Error ? error.message : String(error))
  );
}
