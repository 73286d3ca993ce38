/** The feature maps of a graph, by the modules whose outputs they are. */
import type { GraphLayer, GraphNode, MapView, Shape, ValueId } from '../../architectures';
import { isNumber } from '../dimensions';
import { moduleOf } from '../plan/tensors';
import type { Step } from '../reader';
import { CHANNELS_LAST, sameOrder, type Computed } from '../values';
import { operatorsInPlace } from '../naming/inPlace';
import { prefixOnly } from './reach';

/** An output of a node of the file that is computed. */
interface Output {
  readonly name: string;
  readonly step: Step;
  readonly value: Computed;
  /** In the file's order. */
  readonly at: number;
}

export interface LayersOf {
  readonly nodes: readonly GraphNode[];
  readonly output: ValueId;
  /** In forward order: at least one. */
  readonly steps: readonly Step[];
  /** What global average pooling takes, where the logits follow from it. */
  readonly pooled: ValueId | undefined;
}

export function layersOf(graph: LayersOf): { layers: GraphLayer[]; defaultLayer: string | undefined } {
  const outputs = outputsOf(graph.steps);
  const named = namesOf(graph, outputs);
  const grids = new Set<number>();
  const shapes = new Map(graph.nodes.map((node) => [node.output, node.shape]));
  const places = new Map(graph.nodes.map((node, at) => [node.output, at]));
  const found: { readonly layer: GraphLayer; readonly kind: string }[] = [];
  const byPlace = [...named].filter(([value]) => places.has(value));
  byPlace.sort(([a], [b]) => (places.get(a) as number) - (places.get(b) as number));
  for (const [, shape] of shapes)
    if (shape.length === 4 && isNumber(shape[1]) && shape[1] === shape[2]) grids.add(shape[1]);
  for (const [value, { names, folded, from }] of byPlace) {
    const view = viewOf(shapes.get(value) as Shape, from.value, grids);
    if (view === undefined) continue;
    const [name, ...aliases] = names as [string, ...string[]];
    const kind = kindOf(from, graph.nodes[places.get(value) as number]);
    found.push({ layer: { name, value, aliases, ...(folded.length > 0 && { folded }), ...view }, kind });
  }
  const prefix = Math.max(0, ...found.map(({ layer: { view } }) => (view.kind === 'tokens' ? view.prefix : 0)));
  const blind = prefix > 0 ? prefixOnly(graph.nodes, graph.output, prefix) : new Set<ValueId>();
  const seeing = found.filter(({ layer }) => !blind.has(layer.value));
  const preferred = seeing.findLast(isPreferred) ?? seeing.at(-1);
  return { layers: seeing.map(({ layer }) => layer), defaultLayer: preferred?.layer.name };
}

function outputsOf(steps: readonly Step[]): Output[] {
  return steps.flatMap((step, at) =>
    step.outputs.flatMap((value, index): Output[] =>
      value.kind === 'computed' ? [{ name: step.message.outputs[index] ?? '', step, value, at }] : [],
    ),
  );
}

interface Named {
  readonly names: string[];
  /** Convolutions of which there is only this. */
  readonly folded: string[];
  readonly from: Output;
}

/** By value: the innermost module first, then those around it. */
function namesOf(graph: LayersOf, outputs: readonly Output[]): Map<ValueId, Named> {
  const named = new Map<ValueId, Named>();
  const taken = new Set<string>();
  const add = (output: Output, name: string): void => {
    const before = named.get(output.value.id);
    if (before === undefined) named.set(output.value.id, { names: [name], folded: [], from: output });
    else if (!before.names.includes(name)) before.names.push(name);
    taken.add(name);
  };
  const written = overwritten(outputs);
  const settled = (output: Output): Output => {
    const over = written.get(output.value.id);
    return over === undefined ? output : settled(over);
  };
  const raw = moduleOutputs(outputs, consumersOf(graph.steps));
  const ends = new Map([...raw].map(([name, output]) => [name, settled(output)]));
  // The longest name is the innermost; of what is written over, the value is another module's first.
  const depth = (name: string) => name.split('.').length - (ends.get(name) === raw.get(name) ? 0 : 100);
  for (const [name, output] of [...ends].sort(([a], [b]) => depth(b) - depth(a))) add(output, name);
  for (const { step } of outputs) {
    const norm = step.scope.folded === undefined ? undefined : ends.get(step.scope.modules.at(-1) as string);
    if (norm !== undefined) named.get(norm.value.id)?.folded.push(step.scope.folded as string);
  }
  for (const output of outputs) {
    const { step } = output;
    const weight = step.message.inputs[1];
    const own = weight === undefined ? undefined : moduleOf(weight);
    const isLayer = /^(Conv|ConvTranspose|Gemm)$/.test(step.message.operator);
    if (!isLayer) continue;
    // What a convolution with a norm folded into it computes alone is not in the file.
    if (own !== undefined && own !== step.scope.folded && !taken.has(own)) add(settled(output), own);
  }
  for (const output of outputs) {
    if (named.has(output.value.id)) continue;
    if (isFunctionalMap(output, ends.size === 0) || output.value.id === graph.pooled) {
      const inner = [output.step.scope.modules.at(-1), output.step.scope.step].filter((part) => part !== undefined);
      const name = inner.join('.');
      if (!taken.has(name)) add(output, name);
    }
  }
  return named;
}

/** What is written over a value later on, by PyTorch's own account. */
function overwritten(outputs: readonly Output[]): Map<ValueId, Output> {
  const byName = new Map(outputs.map((output) => [output.name, output]));
  const last = new Map<string, Output>();
  const keyOf = ({ step: { scope } }: Output) => `${scope.modules.join('/')} ${scope.step}`;
  const inPlace = operatorsInPlace(new Set(outputs.flatMap(({ step }) => step.scope.modules)));
  const overwrites = ({ step: { scope, message } }: Output) =>
    scope.overwrites || (!scope.tellsOverwriting && inPlace.has(message.operator));
  for (const output of outputs) if (overwrites(output)) last.set(keyOf(output), output);
  const written = new Map<ValueId, Output>();
  for (const output of outputs) {
    const first = byName.get(output.step.message.inputs[0] ?? '');
    const over = last.get(keyOf(output));
    const isNew = first !== undefined && over !== undefined && first.at < over.at && first.value.id < over.value.id;
    if (isNew && keyOf(first) !== keyOf(output)) written.set(first.value.id, over);
  }
  return written;
}

/** Activations that are no modules; where a file knows of no modules, all that may be a feature map. */
function isFunctionalMap({ step }: Output, isBare: boolean): boolean {
  const { operator } = step.message;
  if (/^(Relu|LeakyRelu|PRelu|Elu|Selu|Celu|Gelu|HardSwish|Mish|Clip|Softplus|Swish)$/.test(operator)) return true;
  return (
    isBare &&
    /^(Conv|ConvTranspose|BatchNormalization|Add|Mul|Concat|MaxPool|AveragePool|LayerNormalization)$/.test(operator)
  );
}

/** Which nodes take a name. */
function consumersOf(steps: readonly Step[]): Map<string, Step[]> {
  const consumers = new Map<string, Step[]>();
  for (const step of steps) {
    for (const name of step.message.inputs) {
      const of = consumers.get(name);
      if (of === undefined) consumers.set(name, [step]);
      else of.push(step);
    }
  }
  return consumers;
}

/** Of each module the last output that leaves it. */
function moduleOutputs(outputs: readonly Output[], consumers: ReadonlyMap<string, Step[]>): Map<string, Output> {
  const ends = new Map<string, Output>();
  for (const output of outputs) {
    const users = consumers.get(output.name) ?? [];
    for (const module of output.step.scope.modules) {
      const leaves = users.length === 0 || users.some(({ scope }) => !scope.modules.includes(module));
      if (leaves || !ends.has(module)) ends.set(module, output);
    }
  }
  return ends;
}

type View = Pick<GraphLayer, 'view' | 'height' | 'width' | 'channels'>;

/** Undefined of what is no feature map with more than one position and more than one channel. */
function viewOf(memory: Shape, { shape, order }: Computed, grids: ReadonlySet<number>): View | undefined {
  const [batch, a, b, c] = memory;
  if (batch === undefined || isNumber(batch) || batch.batch !== 1 || !isNumber(a) || !isNumber(b)) return undefined;
  if (memory.length === 4 && isNumber(c)) {
    const isMap =
      sameOrder(order, CHANNELS_LAST) || (a === b && order.every((axis, at) => axis === at) && shape.length === 4);
    return isMap && a * b > 1 && c > 1 ? { view: { kind: 'map' }, height: a, width: b, channels: c } : undefined;
  }
  if (memory.length !== 3 || b < 2) return undefined;
  const grid = gridOf(a, grids);
  if (grid === undefined) return undefined;
  const view: MapView = { kind: 'tokens', prefix: a - grid * grid };
  return { view, height: grid, width: grid, channels: b };
}

/** As many as a class token, a distilled one and registers may be. */
const LARGEST_PREFIX = 16;

/** The side of the grid of patches that so many tokens are of. */
function gridOf(tokens: number, grids: ReadonlySet<number>): number | undefined {
  const fitting = [...grids].filter(
    (grid) => grid > 1 && grid * grid <= tokens && tokens - grid * grid <= LARGEST_PREFIX,
  );
  const square = Math.sqrt(tokens);
  if (grids.has(square)) return square;
  if (fitting.length > 0) return Math.max(...fitting);
  return Number.isInteger(square) && square > 1 && [...grids].some((grid) => grid % square === 0) ? square : undefined;
}

function kindOf({ step, value }: Output, node: GraphNode | undefined): string {
  if (value.shape.length !== 3) return node?.operation.kind === 'pool' ? 'pool' : step.message.operator;
  const isResidual = node?.operation.kind === 'binary' && node.inputs.every((input) => 'value' in input);
  return isResidual || /norm/i.test(`${step.message.operator}${step.scope.modules.at(-1) ?? ''}`) ? 'block' : 'part';
}

/** What people look at: no pooled map, and of tokens the residual stream or its norm. */
function isPreferred({ kind }: { readonly kind: string }): boolean {
  return kind !== 'pool' && kind !== 'part';
}
