/** The native engine's programs: what is computed again and again becomes a graph. */
import { OPERATION_BY_OPERATION, type Program, type ProgramRunner, type Tensors } from '../programs';
import { compileProgram, inputNames, type CompiledProgram } from './compile';
import type { NativeBackend } from './graph';

export interface GraphRunnerOptions {
  /** For how long a patient program is computed operation by operation first: about what it takes to make a graph. */
  readonly patienceMilliseconds: number;
  /** Of more graphs, the one that has not been used for longest goes. */
  readonly most: number;
  /** Is told why a program stays without a graph, once for each. */
  readonly complain: (text: string) => void;
}

const DEFAULTS: GraphRunnerOptions = {
  patienceMilliseconds: 500,
  most: 8,
  complain: (text) => process.stderr.write(`${text}\n`),
};

export function createGraphRunner(backend: NativeBackend, options: Partial<GraphRunnerOptions> = {}): ProgramRunner {
  const { patienceMilliseconds, most, complain } = { ...DEFAULTS, ...options };
  /** Milliseconds that patient programs have taken so far. */
  const spent = new Map<string, number>();
  /** Names of programs that cannot be made graphs, and of those that need another for each size of batch. */
  const refused = new Set<string>();
  const sized = new Set<string>();
  const graphs = keepNewest(most);

  function graphOf<I extends Tensors<I>, O extends Tensors<O>>(program: Program<I, O>, inputs: I): CompiledProgram {
    for (;;) {
      const key = keyOf(program, inputs, sized.has(program.name));
      const graph = graphs.get(key) ?? compileProgram(backend, program, inputs, sized.has(program.name));
      if (graph !== undefined) return graphs.keep(key, graph);
      sized.add(program.name);
    }
  }

  function byOperation<I extends Tensors<I>, O extends Tensors<O>>(program: Program<I, O>, inputs: I): O {
    const key = keyOf(program, inputs, sized.has(program.name));
    const begin = performance.now();
    const outputs = OPERATION_BY_OPERATION.run(program, inputs);
    spent.set(key, (spent.get(key) ?? 0) + performance.now() - begin);
    return outputs;
  }

  /** A patient program waits until it has taken as long as its graph would have taken to make. */
  function waits<I extends Tensors<I>, O extends Tensors<O>>(program: Program<I, O>, inputs: I): boolean {
    const key = keyOf(program, inputs, sized.has(program.name));
    return program.patient === true && (spent.get(key) ?? 0) < patienceMilliseconds;
  }

  return {
    run<I extends Tensors<I>, O extends Tensors<O>>(program: Program<I, O>, inputs: I): O {
      if (refused.has(program.name)) return OPERATION_BY_OPERATION.run(program, inputs);
      if (waits(program, inputs)) return byOperation(program, inputs);
      try {
        return graphOf(program, inputs).run(inputs) as O;
      } catch (error) {
        // Where it is the function that fails, it does so again below, and says it better.
        refused.add(program.name);
        complain(
          `The ${program.name} could not be made one graph, and is computed operation by operation, which is slower: ` +
            (error instanceof Error ? error.message : String(error)),
        );
        return OPERATION_BY_OPERATION.run(program, inputs);
      }
    },
    dispose() {
      graphs.dispose();
      for (const names of [spent, refused, sized]) names.clear();
    },
  };
}

/** The program and the shapes of its inputs, without the batch's size unless that makes a difference. */
function keyOf<I extends Tensors<I>, O>(
  { name, batched = [] }: Pick<Program<I, O & Tensors<O>>, 'name' | 'batched'>,
  inputs: I,
  sized: boolean,
): string {
  const shapes = inputNames(inputs).map((input) => {
    const { dtype, shape } = inputs[input];
    return `${input}:${dtype}[${(batched.includes(input) && !sized ? ['?', ...shape.slice(1)] : shape).join()}]`;
  });
  return [name, ...shapes].join(' ');
}

function keepNewest(most: number) {
  /** The one that was used last is the last. */
  const kept = new Map<string, CompiledProgram>();
  return {
    get: (key: string): CompiledProgram | undefined => kept.get(key),
    keep(key: string, program: CompiledProgram): CompiledProgram {
      kept.delete(key);
      kept.set(key, program);
      for (const [name, oldest] of kept) {
        if (kept.size <= most) break;
        kept.delete(name);
        oldest.dispose();
      }
      return program;
    },
    dispose(): void {
      for (const program of kept.values()) program.dispose();
      kept.clear();
    },
  };
}
