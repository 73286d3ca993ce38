/** The native engine's programs: what is computed again and again becomes a graph. */
import * as tf from '@tensorflow/tfjs-core';
import { OPERATION_BY_OPERATION, type Program, type ProgramRunner, type Tensors } from '../programs';
import { openSession, record, type GraphSession, type NativeBackend } from './graph';

export interface GraphRunnerOptions {
  /** To make a graph takes as long as some dozen calls: what comes once or twice, as a smaller last batch, is not worth it. */
  readonly callsBefore: number;
  /** Of more graphs, the one that has not been used for longest goes. */
  readonly most: number;
  /** Is told why a program stays without a graph, once for each. */
  readonly complain: (text: string) => void;
}

const DEFAULTS: GraphRunnerOptions = {
  callsBefore: 2,
  most: 8,
  complain: (text) => process.stderr.write(`${text}\n`),
};

/** A program at certain shapes of its inputs. */
interface CompiledProgram {
  readonly session: GraphSession;
  readonly outputNames: readonly string[];
}

export function createGraphRunner(backend: NativeBackend, options: Partial<GraphRunnerOptions> = {}): ProgramRunner {
  const { callsBefore, most, complain } = { ...DEFAULTS, ...options };
  /** How often each has been called without a graph. */
  const calls = new Map<string, number>();
  const refused = new Set<string>();
  const compiled = createCompiledPrograms(most);

  /** Undefined when the program is better computed operation by operation this time. */
  function attempt<I extends Tensors<I>, O extends Tensors<O>>(program: Program<I, O>, inputs: I): O | undefined {
    const { names, tensors } = inOrder(inputs);
    const key = [program.name, ...tensors.map(({ dtype, shape }, i) => `${names[i]}:${dtype}[${shape.join()}]`)].join(
      ' ',
    );
    const ready = compiled.get(key);
    if (ready !== undefined) return fromNames<O>(ready.outputNames, ready.session.run(tensors));
    const before = calls.get(key) ?? 0;
    calls.set(key, before + 1);
    if (before < callsBefore) return undefined;
    const { graph, result } = record(backend, tensors, () => program.compute(inputs));
    try {
      compiled.keep(key, { session: openSession(backend, graph), outputNames: Object.keys(result) });
    } catch (error) {
      tf.dispose(Object.values(result));
      throw error;
    }
    return result;
  }

  return {
    run(program, inputs) {
      if (!refused.has(program.name)) {
        try {
          const outputs = attempt(program, inputs);
          if (outputs !== undefined) return outputs;
        } catch (error) {
          // Where it is the function that fails, it does so again below, and says it better.
          refused.add(program.name);
          complain(
            `The ${program.name} could not be made one graph, and is computed operation by operation, which is slower: ` +
              (error instanceof Error ? error.message : String(error)),
          );
        }
      }
      return OPERATION_BY_OPERATION.run(program, inputs);
    },
    dispose() {
      compiled.dispose();
      calls.clear();
      refused.clear();
    },
  };
}

/** The same whatever the order in which the object was put together. */
function inOrder<I extends Tensors<I>>(inputs: I): { names: string[]; tensors: tf.Tensor[] } {
  const entries = Object.entries<tf.Tensor>(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  return { names: entries.map(([name]) => name), tensors: entries.map(([, tensor]) => tensor) };
}

function fromNames<O>(names: readonly string[], tensors: readonly tf.Tensor[]): O {
  return Object.fromEntries(names.map((name, index) => [name, tensors[index]])) as unknown as O;
}

function createCompiledPrograms(most: number) {
  /** The one that was used last is the last. */
  const programs = new Map<string, CompiledProgram>();

  return {
    get(key: string): CompiledProgram | undefined {
      const program = programs.get(key);
      if (program === undefined) return undefined;
      programs.delete(key);
      programs.set(key, program);
      return program;
    },
    keep(key: string, program: CompiledProgram): void {
      programs.set(key, program);
      for (const [oldest, { session }] of programs) {
        if (programs.size <= most) break;
        programs.delete(oldest);
        session.dispose();
      }
    },
    dispose(): void {
      for (const { session } of programs.values()) session.dispose();
      programs.clear();
    },
  };
}
