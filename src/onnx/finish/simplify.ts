/** What several nodes of the file compute together, as one operation; and without what nobody needs. */
import type { Constant, GraphNode, Input, UnaryFunction, ValueId } from '../../architectures';

interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly constants: readonly Constant[];
  readonly output: ValueId;
}

export function simplify(graph: Graph): Graph {
  const fused = new Fusion(graph).nodes;
  return withoutUnused({ ...graph, nodes: fused });
}

/** Finds activations that exporters write out. */
class Fusion {
  readonly nodes: readonly GraphNode[];
  private readonly makers: ReadonlyMap<ValueId, GraphNode>;

  constructor(private readonly graph: Graph) {
    const makers = new Map<ValueId, GraphNode>();
    this.makers = makers;
    this.nodes = graph.nodes.map((node) => {
      const found = this.activation(node);
      const result = found ?? node;
      makers.set(node.output, result);
      return result;
    });
  }

  private activation(node: GraphNode): GraphNode | undefined {
    if (!isBinary(node, 'multiply')) return undefined;
    const [a, b] = node.inputs as [Input, Input];
    const found = this.gated(a, b) ?? this.gated(b, a) ?? this.gelu(node);
    if (found === undefined) return undefined;
    return { ...node, operation: { kind: 'unary', function: found.function }, inputs: [found.input] };
  }

  /** x · gate(x) */
  private gated(x: Input, gate: Input): Found | undefined {
    const made = this.makerOf(gate);
    if (made?.operation.kind !== 'unary' || !sameInput(made.inputs[0], x)) return undefined;
    const { function: by } = made.operation;
    if (by.name === 'sigmoid') return { function: { name: 'silu' }, input: x };
    if (by.name === 'hardSigmoid' && Math.abs(by.alpha - 1 / 6) < 1e-6 && by.beta === 0.5) {
      return { function: { name: 'hardSwish' }, input: x };
    }
    if (by.name !== 'tanh') return undefined;
    return undefined;
  }

  /** ½ · x · (1 + erf(x ÷ √2)), in either order of its factors. */
  private gelu(node: GraphNode): Found | undefined {
    const factors = this.factors({ value: node.output }, node, 0);
    if (factors.length !== 3) return undefined;
    const half = factors.find((each) => this.isNumber(each, 0.5));
    const sum = factors.find((each) => {
      const made = this.makerOf(each);
      return made !== undefined && isBinary(made, 'add');
    });
    const x = factors.find((each) => each !== half && each !== sum);
    if (half === undefined || sum === undefined || x === undefined) return undefined;
    const [p, q] = (this.makerOf(sum) as GraphNode).inputs as [Input, Input];
    const erf = this.isNumber(p, 1) ? q : this.isNumber(q, 1) ? p : undefined;
    const made = erf && this.makerOf(erf);
    if (made?.operation.kind !== 'unary' || made.operation.function.name !== 'erf') return undefined;
    const scaled = this.makerOf(made.inputs[0] as Input);
    if (scaled === undefined || scaled.operation.kind !== 'binary') return undefined;
    const by = scaled.operation.function === 'divide' ? Math.SQRT2 : Math.SQRT1_2;
    if (!['divide', 'multiply'].includes(scaled.operation.function)) return undefined;
    if (!sameInput(scaled.inputs[0], x) || !this.isNumber(scaled.inputs[1] as Input, by)) return undefined;
    return { function: { name: 'gelu' }, input: x };
  }

  private factors(input: Input, node: GraphNode | undefined, depth: number): Input[] {
    if (node === undefined || depth > 1 || !isBinary(node, 'multiply')) return [input];
    return node.inputs.flatMap((each) => this.factors(each, this.makerOf(each), depth + 1));
  }

  private makerOf(input: Input): GraphNode | undefined {
    return 'value' in input ? this.makers.get(input.value) : undefined;
  }

  private isNumber(input: Input, value: number): boolean {
    if (!('constant' in input)) return false;
    const { data } = this.graph.constants[input.constant] as Constant;
    return data.length === 1 && Math.abs((data[0] as number) - value) < 1e-5;
  }
}

interface Found {
  readonly function: UnaryFunction;
  readonly input: Input;
}

function isBinary({ operation }: GraphNode, name: 'multiply' | 'add'): boolean {
  return operation.kind === 'binary' && operation.function === name;
}

function sameInput(a: Input | undefined, b: Input): boolean {
  return a !== undefined && 'value' in a && 'value' in b && a.value === b.value;
}

/** Nodes that the output follows from, and the constants of these. */
function withoutUnused({ nodes, constants, output }: Graph): Graph {
  const needed = new Set<ValueId>([output]);
  const kept = nodes
    .toReversed()
    .filter((node) => {
      if (!needed.has(node.output)) return false;
      for (const input of node.inputs) if ('value' in input) needed.add(input.value);
      return true;
    })
    .toReversed();
  const places = new Map<number, number>();
  const placeOf = (constant: number): number => {
    const place = places.get(constant) ?? places.size;
    places.set(constant, place);
    return place;
  };
  const renumbered = kept.map((node) => ({
    ...node,
    inputs: node.inputs.map((input) => ('constant' in input ? { constant: placeOf(input.constant) } : input)),
  }));
  return { nodes: renumbered, constants: [...places.keys()].map((each) => constants[each] as Constant), output };
}
