/** A graph in the making: what has been computed so far, and the tensors that it needs. */
import type { Constant, Dimension, GraphNode, Input, Operation, Shape, TensorRole, ValueId } from '../../architectures';
import { extentOf, numbers, range } from '../dimensions';
import { permuted } from '../fold/arrays';
import { Refused } from '../refused';
import { CHANNELS_LAST, identity, known, memoryShape, sameOrder } from '../values';
import type { Computed, Known, Order, Value, Weight } from '../values';
import { hasLengths } from '../fold/elements';
import type { Tensors } from './tensors';
import { type Wanted } from './tensors';

/** Of the node that is being read. */
export interface Origin {
  readonly name: string;
  readonly operator: string;
  readonly module: string | undefined;
}

/** Numbers that are folded in all, over all nodes: what takes longer is no network. */
const LARGEST_FOLDED = 4e6;
const LARGEST_GRAPH = 100_000;

export class Plan {
  readonly nodes: GraphNode[] = [];
  readonly constants: Constant[] = [];
  readonly notes = new Set<string>();
  /** Outputs of products with a weight, which a bias may follow. */
  readonly linear = new Map<ValueId, { readonly module: string; readonly fanIn: number }>();
  origin: Origin = { name: '', operator: '', module: undefined };
  private nextValue = 1;
  private folded = 0;
  private readonly shapes = new Map<ValueId, Shape>();
  private readonly converted = new Map<string, Input>();

  /** @param fixedBatch the number of images that the file was written for, where it says one */
  constructor(
    readonly inputSize: number,
    readonly fixedBatch: number | undefined,
    readonly tensors: Tensors,
  ) {}

  /** Counts what folding writes. */
  spend(shape: Shape): void {
    this.folded += extentOf(shape).count;
    if (this.folded > LARGEST_FOLDED) {
      throw new Refused('constants without end', `at most ${LARGEST_FOLDED} numbers computed from constants`);
    }
  }

  /** @param shape in memory */
  emit(operation: Operation, inputs: readonly Input[], shape: Shape): ValueId {
    extentOf(shape);
    if (this.nodes.length >= LARGEST_GRAPH)
      throw new Refused('a graph without end', `at most ${LARGEST_GRAPH} operations`);
    const output = this.nextValue++;
    const { name, operator } = this.origin;
    this.nodes.push({ name, operator, operation, inputs, output, shape });
    this.shapes.set(output, shape);
    return output;
  }

  /** @param shape as the file has it */
  compute(
    operation: Operation,
    inputs: readonly Input[],
    shape: Shape,
    order: Order = identity(shape.length),
  ): Computed {
    return { kind: 'computed', id: this.emit(operation, inputs, memoryShape({ shape, order })), shape, order };
  }

  constant(shape: readonly number[], data: ArrayLike<Dimension>): Input {
    const last = this.constants.push({
      shape,
      data: data instanceof Float32Array ? data : Float32Array.from(numbers(Array.from(data), 'numbers')),
    });
    return { constant: last - 1 };
  }

  /** The value in another order in memory. */
  inOrder(value: Value, order: Order): Input {
    if (value.kind === 'known') {
      if (hasLengths(value))
        throw new Refused('lengths that are computed with', 'numbers that do not depend on images');
      const { shape, data } = permuted(value, order);
      return this.constant(shape, data);
    }
    if (value.kind === 'weight') return this.converting(`weight ${value.name}`, value, order, () => this.free(value));
    return this.converting(`value ${value.id}`, value, order, () => ({ value: value.id }));
  }

  /** In the file's own order. */
  inFileOrder(value: Value): Input {
    return this.inOrder(value, identity(value.shape.length));
  }

  /** A tensor that is trained in the file's order: [the initialiser's shape]. */
  private free(weight: Weight): Input {
    const shape = weight.order.map((axis) => weight.shape[axis] as number);
    return this.parameter(weight, { role: 'free', shape, order: identity(shape.length) });
  }

  /** @returns the tensor as its role has it in memory */
  parameter(weight: Weight, wanted: Wanted): Input {
    return { parameter: this.tensors.claim(weight, wanted) };
  }

  /** Whether a weight is still free to take a role of its own. */
  mayTake(value: Value, role: TensorRole): value is Weight {
    return value.kind === 'weight' && this.tensors.mayBe(value.name, role);
  }

  private converting(key: string, value: Weight | Computed, order: Order, make: () => Input): Input {
    if (sameOrder(value.order, order)) return make();
    const full = `${key} ${value.order.join()} ${order.join()} ${value.shape.length}`;
    const before = this.converted.get(full);
    if (before !== undefined) return before;
    const input = { value: this.convert(make(), value, order) };
    this.converted.set(full, input);
    return input;
  }

  private convert(input: Input, { shape, order: from }: Weight | Computed, to: Order): ValueId {
    const moved = to.map((axis) => from.indexOf(axis));
    const target = memoryShape({ shape, order: to });
    const long = moved.filter((_, at) => target[at] !== 1);
    // Axes of length 1 have no order: no number moves.
    const isFree = long.every((axis, at) => at === 0 || axis > (long[at - 1] as number));
    return this.emit(
      isFree ? { kind: 'reshape', shape: target } : { kind: 'transpose', order: moved },
      [input],
      target,
    );
  }

  /** With leading axes of length 1, in an order over all of them. */
  ranked(value: Value, order: Order): Input {
    const rank = order.length;
    const lead = rank - value.shape.length;
    if (lead === 0) return this.inOrder(value, order);
    const own = order.filter((axis) => axis >= lead).map((axis) => axis - lead);
    const input = this.inOrder(value, own);
    const shape = order.map((axis) => (axis < lead ? 1 : (value.shape[axis - lead] as Dimension)));
    if ('constant' in input) {
      const { data } = this.constants[input.constant] as Constant;
      return this.constant(numbers(shape), data);
    }
    // What leads in memory as in the file is broadcast without being said.
    if (range(lead).every((axis) => order[axis] === axis)) return input;
    return { value: this.emit({ kind: 'reshape', shape }, [input], shape) };
  }

  /** [n, c, h, w] of the file as [n, h, w, c]. @throws Refused of another rank */
  featureMap(value: Value): Input {
    if (value.shape.length !== 4)
      throw new Refused(`a tensor of ${value.shape.length} axes`, 'a feature map [n, c, h, w]');
    return this.inOrder(value, CHANNELS_LAST);
  }

  /** The numbers of what is known, or of an initialiser. */
  knownOf(value: Value): Known | undefined {
    if (value.kind === 'known') return value;
    if (value.kind === 'computed') return undefined;
    const { shape, order, values, name } = value;
    if (values === undefined) throw new Refused(`no numbers of ${name}`, 'the file with its weights');
    const own = order.map((axis) => shape[axis] as number);
    this.spend(own);
    return permuted(
      known('float', own, values()),
      range(order.length).map((axis) => order.indexOf(axis)),
    );
  }
}
