/** Goes through the nodes of a graph, each with what its inputs stand for. */
import { InputError } from '../common/errors';
import { shellWord } from '../common/shellWord';
import { valueOf, type Loaded } from './initialisers';
import { scopeOf, type Scope } from './naming/modules';
import { NodeContext } from './node';
import { operatorCalled } from './operators';
import { ofNumbering } from './operators/numbering';
import type { Plan } from './plan/plan';
import { readGraph } from './proto/read';
import type { GraphMessage, Model, NodeMessage, TensorMessage } from './proto/messages';
import { Refused } from './refused';
import { isTensor, type Given, type Value } from './values';

/** What a node gave. */
export interface Step {
  readonly message: NodeMessage;
  readonly scope: Scope;
  readonly outputs: readonly Given[];
}

/** How many graphs may lie within each other. */
const DEEPEST = 8;

export class GraphReader {
  /** In the file's order. */
  readonly steps: Step[] = [];
  private readonly values = new Map<string, Given>();

  constructor(
    private readonly model: Model,
    private readonly path: string,
    private readonly loaded: Loaded,
    readonly plan: Plan,
  ) {}

  define(name: string, value: Value): void {
    this.values.set(name, value);
  }

  /** Reads what an output follows from, and nothing else. */
  read(graph: GraphMessage, output: string): Value {
    const initialisers = new Map(graph.initialisers.map((tensor) => [tensor.name, tensor]));
    const wanted = neededFor(graph, output);
    const values = this.inGraph(
      graph,
      wanted,
      (name) => this.values.get(name) ?? this.initialiser(initialisers, name),
      0,
    );
    const value = values(output);
    if (!isTensor(value))
      throw new InputError('an ONNX graph without its output', {
        file: this.path,
        found: `no node that gives tensors ${output}`,
      });
    return value;
  }

  private initialiser(initialisers: ReadonlyMap<string, TensorMessage>, name: string): Value | undefined {
    const tensor = initialisers.get(name);
    if (tensor === undefined) return undefined;
    const value = this.refusing(`initialiser ${name}`, () => valueOf(tensor, name, this.loaded));
    this.values.set(name, value);
    return value;
  }

  private inGraph(
    graph: GraphMessage,
    wanted: ReadonlySet<NodeMessage>,
    outer: (name: string) => Given | undefined,
    depth: number,
  ): (name: string) => Given | undefined {
    const own = depth === 0 ? this.values : new Map<string, Given>();
    const find = (name: string) => own.get(name) ?? outer(name);
    for (const node of graph.nodes) {
      if (!wanted.has(node) || node.outputs.every((name) => name === '' || own.has(name))) continue;
      const values = this.refusing(placeOf(node), () => this.readNode(node, find, depth));
      for (const [at, name] of node.outputs.entries()) {
        const value = values[at];
        if (name !== '' && value !== undefined) own.set(name, value);
      }
    }
    return find;
  }

  private readNode(node: NodeMessage, find: (name: string) => Given | undefined, depth: number): readonly Given[] {
    const operator = node.domain === '' ? operatorCalled(node.operator) : undefined;
    if (operator === undefined) throw this.unknownOperator(node);
    const given = node.inputs.map((name) => {
      if (name === '') return undefined;
      const value = find(name);
      if (value === undefined)
        throw new Refused(
          `input ${name}, which no node before it gives`,
          'nodes in an order in which each comes behind what it needs, without cycles',
          'an ONNX graph out of order',
        );
      return value;
    });
    const numbering = given.find((each) => each?.kind === 'numbering');
    const inputs = given.map((each) => (isTensor(each) ? each : undefined));
    const scope = scopeOf(node);
    const module = scope.folded ?? scope.modules.at(-1);
    this.plan.origin = { name: node.name || (node.outputs[0] ?? ''), operator: node.operator, module };
    const within = (bytes: Uint8Array) => this.readWithin(bytes, find, depth + 1);
    const tensor = (message: TensorMessage) => valueOf(message, node.outputs[0] ?? message.name, this.loaded);
    const context = new NodeContext(
      node,
      this.model.opsets.get('') ?? 0,
      this.plan,
      inputs,
      module,
      within,
      tensor,
      given,
    );
    const result = numbering === undefined ? operator(context) : ofNumbering(context, numbering, given);
    const outputs = Array.isArray(result) ? (result as readonly Given[]) : [result as Given];
    this.steps.push({ message: node, scope, outputs });
    return outputs;
  }

  private readWithin(bytes: Uint8Array, find: (name: string) => Given | undefined, depth: number): Given[] {
    if (depth > DEEPEST) throw new Refused(`graphs within graphs, ${depth} deep`, `at most ${DEEPEST}`);
    const graph = readGraph(bytes);
    const initialisers = new Map(graph.initialisers.map((tensor) => [tensor.name, tensor]));
    const outer = (name: string) => {
      const tensor = initialisers.get(name);
      return tensor === undefined ? find(name) : valueOf(tensor, name, this.loaded);
    };
    const values = this.inGraph(graph, new Set(graph.nodes), outer, depth);
    return graph.outputs.map(({ name }) => {
      const value = values(name);
      if (value === undefined) throw new Refused(`a branch without its output ${name}`, 'one that gives it');
      return value;
    });
  }

  private unknownOperator(node: NodeMessage): InputError {
    const name = node.domain === '' ? node.operator : `${node.domain}.${node.operator}`;
    return new InputError('an ONNX operator that is not computed here', {
      file: this.path,
      place: placeOf(node),
      found: name,
      expected: "an operator of image classifiers in ONNX's own domain",
      advice:
        'onnxruntime-node can run it, for methods that need no gradients (occlusion, RISE, KernelSHAP): ' +
        `epochlens explain --weights ${shellWord(this.path)} --forward-only --method occlusion IMAGE…`,
    });
  }

  private refusing<T>(place: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw error instanceof Refused ? refusal(error, this.path, place) : error;
    }
  }
}

/** What a person is told of it. */
export function refusal({ found, expected, summary }: Refused, file: string, place: string): InputError {
  return new InputError(summary, { file, place, found, ...(expected === undefined ? {} : { expected }) });
}

export function placeOf(node: NodeMessage): string {
  const name = node.name || node.outputs[0];
  return name ? `node ${name} (${node.operator})` : `a node (${node.operator})`;
}

/** Nodes that an output follows from. */
function neededFor(graph: GraphMessage, output: string): ReadonlySet<NodeMessage> {
  const makers = new Map<string, NodeMessage>();
  for (const node of graph.nodes) for (const name of node.outputs) if (name !== '') makers.set(name, node);
  const needed = new Set<NodeMessage>();
  const open = [output];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = makers.get(name);
    if (node === undefined || needed.has(node)) continue;
    needed.add(node);
    for (const input of node.inputs) open.push(input);
    // What graphs within a node take from around it is not said: all of it may be needed.
    if ([...node.attributes.values()].some(({ type }) => type === 'graph')) return new Set(graph.nodes);
  }
  return needed;
}
