/** The native engine's programs: what is computed again and again becomes a graph. */
import { OPERATION_BY_OPERATION, type Program, type ProgramRunner, type Tensors } from '../programs';
import { compileProgram, type CompiledProgram } from './compile';
import { keyOf, whyNoGraph } from './describe';
import type { NativeBackend } from './graph';
import { sessionVariables } from './sessionVariables';

export interface GraphRunnerOptions {
  /**
   * For how many calls, and for how long, a patient program is computed operation by operation first: about as long as its
   * graph takes to make, which is half a second for a model's forward pass and more for many gradients.
   */
  readonly timeouts: Spent;
  /** Of more graphs, the one that has not been used for longest goes. */
  readonly most: number;
  /** Is told why a program stays without a graph, once for each. */
  readonly onWarning: (text: string) => void;
}

export interface Spent {
  readonly calls: number;
  readonly milliseconds: number;
}

const DEFAULTS: GraphRunnerOptions = {
  timeouts: { calls: 6, milliseconds: 500 },
  most: 8,
  onWarning: (text) => process.stderr.write(`${text}\n`),
};

export function createGraphRunner(backend: NativeBackend, options: Partial<GraphRunnerOptions> = {}): ProgramRunner {
  const { timeouts, most, onWarning } = { ...DEFAULTS, ...options };
  /** What patient programs have taken so far. */
  const spent = new Map<string, Spent>();
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

  /** A patient program's outputs while it waits; undefined when it has taken as long as its graph takes to make. */
  function waiting<I extends Tensors<I>, O extends Tensors<O>>(program: Program<I, O>, inputs: I): O | undefined {
    const key = keyOf(program, inputs, sized.has(program.name));
    const { calls, milliseconds } = spent.get(key) ?? { calls: 0, milliseconds: 0 };
    if (calls >= timeouts.calls && milliseconds >= timeouts.milliseconds) return undefined;
    const begin = performance.now();
    const outputs = OPERATION_BY_OPERATION.run(program, inputs);
    spent.set(key, { calls: calls + 1, milliseconds: milliseconds + performance.now() - begin });
    return outputs;
  }

  return {
    run<I extends Tensors<I>, O extends Tensors<O>>(program: Program<I, O>, inputs: I): O {
      if (refused.has(program.name)) return OPERATION_BY_OPERATION.run(program, inputs);
      const early = program.patient === true ? waiting(program, inputs) : undefined;
      if (early !== undefined) return early;
      try {
        return graphOf(program, inputs).run(inputs) as O;
      } catch (error) {
        // Where it is the function that fails, it does so again below, and says it better.
        refused.add(program.name);
        onWarning(whyNoGraph(program.name, error));
        return OPERATION_BY_OPERATION.run(program, inputs);
      }
    },
    createVariables: (initial) => sessionVariables(backend, initial, onWarning),
    dispose() {
      graphs.dispose();
      for (const names of [spent, refused, sized]) names.clear();
    },
  };
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
