/** From a checked file to a network. */
import { InputError } from '../common/errors';
import type { Graph, TensorDeclaration } from '../architectures';
import { architectureOf } from './architecture';
import { imagesInput, type ImagesInput } from './check';
import { isNumber, shapeText } from './dimensions';
import { headOf } from './finish/head';
import { layersOf } from './finish/layers';
import { simplify } from './finish/simplify';
import { permuted } from './fold/arrays';
import type { Loaded } from './initialisers';
import { describedBy } from './metadata';
import type { OnnxNetwork, OnnxOptions } from './network';
import { Plan } from './plan/plan';
import { reshape } from './plan/reshape';
import { Tensors, type PlannedTensor } from './plan/tensors';
import type { Model } from './proto/messages';
import { GraphReader, refusal } from './reader';
import { Refused } from './refused';
import { CHANNELS_LAST, identity, known, type Computed, type Value } from './values';

/** Where a file leaves the size open and nothing says one. */
const USUAL_SIZE = 224;
const LARGEST_SIZE = 4096;

/** @throws InputError */
export function networkFrom(model: Model, file: string, options: OnnxOptions, loaded: Loaded): OnnxNetwork {
  const images = imagesInput(model, file);
  const described = describedBy(model);
  const size = sizeOf(images, options.inputSize, described.inputSize, file);
  const { reader, output, tensors } = planned(model, file, images, size.inputSize, loaded);
  const { plan } = reader;
  const simplified = simplify({ nodes: plan.nodes, constants: plan.constants, output: output.id });
  const used = usedTensors(simplified.nodes, tensors);
  const declarations = used.map(({ declaration }) => declaration);
  const head = headOf(simplified.nodes, output.id, declarations);
  const { layers, defaultLayer } = layersOf({ ...simplified, steps: reader.steps, pooled: head.pooled });
  if (defaultLayer === undefined) {
    throw new InputError('an ONNX network without feature maps', {
      file,
      expected: 'at least one map [n, c, h, w] with more than one position',
    });
  }
  const isGapLinear =
    head.weight !== undefined &&
    declarations.findLast(({ role }) => role === 'linear')?.name === head.weight &&
    layers.at(-1)?.value === head.pooled &&
    layers.at(-1)?.view.kind === 'map';
  const graph: Graph = {
    inputSize: size.inputSize,
    classes: output.shape[1] as number,
    nodes: simplified.nodes,
    constants: simplified.constants,
    output: output.id,
    tensors: declarations,
    layers,
    defaultLayer,
    head: isGapLinear ? 'gapLinear' : 'other',
    notes: [...size.notes, ...plan.notes],
  };
  const fileNames = new Map(used.map(({ source, declaration }) => [source.name, declaration.name]));
  return {
    architecture: architectureOf(graph),
    graph,
    state: stateOf(used),
    fileNames,
    outside: new Map([...loaded].flatMap(([{ name }, outer]) => (fileNames.has(name) ? [] : [[name, outer] as const]))),
    metadata: { ...model.metadata, ...(model.producer === '' ? {} : { producer: model.producer }) },
    normalization: described.normalization,
    classNames: described.classNames?.length === graph.classes ? described.classNames : undefined,
  };
}

/** @throws InputError where it is another than the file fixes, or one that cannot be */
export function sizeOf(
  { size }: ImagesInput,
  asked: number | undefined,
  described: number | undefined,
  file: string,
): { inputSize: number; notes: string[] } {
  if (size !== undefined && asked !== undefined && size !== asked) {
    throw new InputError('an ONNX file for another input size', {
      file,
      found: `${asked} pixels a side`,
      expected: `${size}, which the file fixes`,
    });
  }
  const inputSize = size ?? asked ?? described ?? USUAL_SIZE;
  if (!Number.isInteger(inputSize) || inputSize < 1 || inputSize > LARGEST_SIZE) {
    throw new InputError('an input size that cannot be', {
      file,
      found: String(inputSize),
      expected: `1 to ${LARGEST_SIZE}`,
    });
  }
  const isGuess = size === undefined && asked === undefined && described === undefined;
  return {
    inputSize,
    notes: isGuess ? [`The file takes images of any size: ${USUAL_SIZE} pixels a side are taken here.`] : [],
  };
}

interface Planned {
  readonly reader: GraphReader;
  readonly output: Computed;
  readonly tensors: Tensors;
}

/** Again with tensors as they are where one is used in two ways. */
function planned(model: Model, file: string, images: ImagesInput, inputSize: number, loaded: Loaded): Planned {
  const reserved = new Set(model.graph.initialisers.map(({ name }) => name));
  const onlyFree = new Set<string>();
  for (;;) {
    const tensors = new Tensors(reserved, onlyFree);
    const plan = new Plan(inputSize, images.batch, tensors);
    const reader = new GraphReader(model, file, loaded, plan);
    reader.define(images.name, imagesValue(images, inputSize));
    const output = logitsOf(reader, model, file);
    if (tensors.conflicts.size === 0) return { reader, output, tensors };
    for (const name of tensors.conflicts) onlyFree.add(name);
  }
}

function imagesValue({ isChannelsLast }: ImagesInput, size: number): Computed {
  const batch = { batch: 1 };
  return isChannelsLast
    ? { kind: 'computed', id: 0, shape: [batch, size, size, 3], order: identity(4) }
    : { kind: 'computed', id: 0, shape: [batch, 3, size, size], order: CHANNELS_LAST };
}

/** The first output that is [n, classes]; what keeps an earlier one from being read is only told where there is no other. */
function logitsOf(reader: GraphReader, model: Model, file: string): Computed {
  let first: InputError | undefined;
  const { outputs } = model.graph;
  for (const { name } of outputs) {
    try {
      const value = reader.read(model.graph, name);
      const logits = asLogits(reader.plan, value);
      if (logits !== undefined) return withoutSoftmax(reader.plan, logits);
      throw new InputError('an ONNX network that is no classifier', {
        file,
        place: `output ${name}`,
        found: shapeText(value.shape),
        expected: 'logits [n, classes] of two classes or more',
      });
    } catch (error) {
      const told = error instanceof Refused ? refusal(error, file, `output ${name}`) : error;
      if (!(told instanceof InputError)) throw told;
      first ??= told;
    }
  }
  throw first ?? new InputError('an ONNX file without outputs', { file, expected: 'logits [n, classes]' });
}

function asLogits(plan: Plan, value: Value): Computed | undefined {
  const [batch, classes, ...rest] = value.shape;
  const isLogits =
    value.kind === 'computed' &&
    batch !== undefined &&
    !isNumber(batch) &&
    batch.batch === 1 &&
    isNumber(classes) &&
    classes > 1 &&
    rest.every((length) => length === 1);
  if (!isLogits) return undefined;
  const flat = reshape(plan, value, [batch, classes]) as Computed;
  const input = plan.inFileOrder(flat);
  return 'value' in input && input.value !== 0 ? { ...flat, id: input.value, order: identity(2) } : undefined;
}

function withoutSoftmax(plan: Plan, logits: Computed): Computed {
  const maker = plan.nodes.find(({ output }) => output === logits.id);
  const input = maker?.inputs[0];
  if (maker?.operation.kind !== 'softmax' || input === undefined || !('value' in input)) return logits;
  plan.notes.add(`The softmax at the end (node ${maker.name}) is left out, so that logits come out.`);
  return { ...logits, id: input.value };
}

/** In the order in which they are first used; a batch norm's statistics behind its scale and shift. */
function usedTensors(nodes: Graph['nodes'], tensors: Tensors): PlannedTensor[] {
  const used = new Set<string>();
  for (const { inputs, operation } of nodes) {
    for (const input of inputs) if ('parameter' in input) used.add(input.parameter);
    if (operation.kind !== 'batchNorm') continue;
    used.add(`${operation.module}.running_mean`);
    used.add(`${operation.module}.running_var`);
  }
  const byName = new Map(tensors.all().map((each) => [each.declaration.name, each]));
  return [...used].flatMap((name) => byName.get(name) ?? []);
}

/** In PyTorch's layout; undefined where a tensor has no numbers. */
function stateOf(tensors: readonly PlannedTensor[]): Map<string, Float32Array> | undefined {
  const state = new Map<string, Float32Array>();
  for (const { declaration, source, order } of tensors) {
    const values = source.values?.();
    if (values === undefined) return undefined;
    state.set(declaration.name, inOrderOf(declaration, values, order));
  }
  return state;
}

function inOrderOf({ shape }: TensorDeclaration, values: Float32Array, order: readonly number[]): Float32Array {
  if (order.every((axis, at) => axis === at)) return values;
  const own = order.map((_, axis) => shape[order.indexOf(axis)] as number);
  return permuted(known('float', own, values), order).data as Float32Array;
}
