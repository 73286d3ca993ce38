/**
 * Graphs that share a state: some of their inputs are variables of TensorFlow's session, and some of their outputs these
 * variables' next values. A variable keeps the tensor that it is given, and hands it out as it is: nothing is copied, and
 * on a graphics card nothing leaves it.
 */
import { SHAPE, STRING, type Graph, type Node, type Output, type TypeNumber } from './graph';
import { INTEGERS, nodeMaker, typeAttribute, type NodeMaker } from './nodeMaker';

export interface Variable {
  readonly name: string;
  readonly type: TypeNumber;
  readonly shape: readonly number[];
}

/** A graph, and the names of its inputs and outputs: those that a variable has too are that variable. */
export interface StatefulGraph {
  readonly graph: Graph;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** What is fed and fetched. The last that is fetched only says that all has been done. */
export interface Call {
  readonly feeds: readonly Output[];
  readonly fetches: readonly Output[];
}

export interface SharedState {
  readonly nodes: readonly Node[];
  /** Feeds the variables' first values, in their order. */
  readonly initialise: Call;
  /** The variables' values, in their order. */
  readonly values: readonly Output[];
  /** Of each graph: its inputs and outputs that are no variables, in their order. */
  readonly calls: readonly Call[];
}

export function shareState(variables: readonly Variable[], graphs: readonly StatefulGraph[]): SharedState {
  const maker = nodeMaker();
  const one = maker.integers('one', 1);
  for (const { name, type, shape } of variables) {
    const attributes = [
      typeAttribute('dtype', type),
      { name: 'shape', type: SHAPE, value: shape },
      { name: 'shared_name', type: STRING, value: name },
    ];
    maker.operation(handleOf(name).node, 'VarHandleOp', [], { attributes, shapes: [[]] });
  }
  const values = variables.map((variable) => read(maker, `now/${variable.name}`, variable));
  const feeds = variables.map(({ name, type, shape }) =>
    maker.add({ kind: 'placeholder', name: `first/${name}`, type, shape }),
  );
  const firsts = variables.map((variable, index) => ({ variable, value: feeds[index] as Output }));
  const initialise = { feeds, fetches: [assignAll(maker, 'first', firsts, [], one)] };
  const calls = graphs.map((graph, index) => addGraph(maker, `graph${index}`, variables, graph, one));
  return { nodes: maker.nodes, initialise, values, calls };
}

/** @param prefix of its nodes' names. @param one anything that is there */
function addGraph(
  maker: NodeMaker,
  prefix: string,
  variables: readonly Variable[],
  { graph, inputs, outputs }: StatefulGraph,
  one: Output,
): Call {
  const variableOf = (name: string | undefined): Variable | undefined =>
    variables.find((variable) => variable.name === name);
  const within = ({ node, index }: Output): Output => ({ node: `${prefix}/${node}`, index });
  const used = usedNodes(graph);
  const reads: Output[] = [];
  const feeds: Output[] = [];
  graph.inputs.forEach((input, index) => {
    const variable = variableOf(inputs[index]);
    const name = `${prefix}/${input.name}`;
    if (variable === undefined) feeds.push(maker.add({ ...input, name }));
    else if (used.has(input.name)) reads.push(read(maker, name, variable));
  });
  for (const node of graph.nodes) {
    const name = `${prefix}/${node.name}`;
    if (node.kind === 'constant') maker.add({ ...node, name });
    if (node.kind === 'operation') maker.add({ ...node, name, inputs: node.inputs.map(within) });
  }
  const next = graph.outputs.flatMap((output, index) => {
    const variable = variableOf(outputs[index]);
    return variable === undefined ? [] : [{ variable, value: within(output) }];
  });
  const done = assignAll(maker, prefix, next, reads, one);
  const fetches = graph.outputs.filter((_, index) => variableOf(outputs[index]) === undefined).map(within);
  return { feeds, fetches: [...fetches, done] };
}

function usedNodes({ nodes, outputs }: Graph): Set<string> {
  const inputs = nodes.flatMap((node) => (node.kind === 'operation' ? node.inputs : []));
  return new Set([...inputs, ...outputs].map(({ node }) => node));
}

interface Assignment {
  readonly variable: Variable;
  readonly value: Output;
}

/**
 * No variable changes before all have been read, and the next values of all are there: where something fails, they are as
 * they were.
 * @returns what is there once all have changed
 */
function assignAll(
  maker: NodeMaker,
  prefix: string,
  assignments: readonly Assignment[],
  reads: readonly Output[],
  one: Output,
): Output {
  const before = [...new Set([...reads, ...assignments.map(({ value }) => value)].map(({ node }) => node))];
  const assigned = assignments.map(({ variable: { name, type }, value }) => {
    const made = { attributes: [typeAttribute('dtype', type)], shapes: [], after: before };
    return maker.operation(`${prefix}/assign/${name}`, 'AssignVariableOp', [handleOf(name), value], made);
  });
  const after = assigned.map(({ node }) => node);
  return maker.operation(`${prefix}/done`, 'Identity', [one], { attributes: [INTEGERS], shapes: [[]], after });
}

function read(maker: NodeMaker, name: string, variable: Variable): Output {
  const made = { attributes: [typeAttribute('dtype', variable.type)], shapes: [variable.shape] };
  return maker.operation(name, 'ReadVariableOp', [handleOf(variable.name)], made);
}

function handleOf(variable: string): Output {
  return { node: `variable/${variable}`, index: 0 };
}
