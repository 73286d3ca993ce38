/** One node of the file, as an operator reads it: attributes and inputs are checked when they are asked for. */
import type { Dimension } from '../architectures';
import { numbers } from './dimensions';
import { Refused } from './refused';
import type { Plan } from './plan/plan';
import type { Attribute, NodeMessage, TensorMessage } from './proto/messages';
import type { Given, Value } from './values';

type ValuedAttribute = Exclude<Attribute, { readonly type: 'other' }>;
type AttributeValues = {
  readonly [Type in ValuedAttribute['type']]: Extract<ValuedAttribute, { type: Type }>['value'];
};

/** What an operator of ONNX becomes. */
export type Operator = (node: NodeContext) => Given | readonly Given[];

/** Operators by ONNX's names. */
export type Operators = Readonly<Record<string, Operator>>;

export class NodeContext {
  constructor(
    readonly message: NodeMessage,
    readonly opset: number,
    readonly plan: Plan,
    /** Undefined where an optional input is left out. */
    readonly inputs: readonly (Value | undefined)[],
    /** The module that the file says it is of. */
    readonly module: string | undefined,
    /** The values of a graph within this one. */
    readonly within: (graph: Uint8Array) => readonly Given[],
    /** The value of a tensor in an attribute. */
    readonly tensor: (tensor: TensorMessage) => Value,
    /** Inputs that may be no tensors. */
    readonly given: readonly (Given | undefined)[] = inputs,
  ) {}

  get operator(): string {
    return this.message.operator;
  }

  get outputCount(): number {
    return this.message.outputs.length;
  }

  input(index: number): Value {
    const value = this.inputs[index];
    if (value === undefined) throw new Refused(`no input ${index}`, `${this.operator} with it`);
    return value;
  }

  /** Every input, all of them there. */
  all(): readonly Value[] {
    if (this.inputs.length === 0) throw new Refused('no inputs', 'at least one');
    return this.inputs.map((_, index) => this.input(index));
  }

  attribute<Type extends keyof AttributeValues>(name: string, type: Type): AttributeValues[Type] | undefined {
    const found = this.message.attributes.get(name);
    if (found === undefined) return undefined;
    if (found.type !== type) throw new Refused(`attribute ${name} of type ${found.type}`, `one of type ${type}`);
    return found.value as AttributeValues[Type];
  }

  integer(name: string, otherwise: number): number {
    return this.attribute(name, 'integer') ?? otherwise;
  }

  /** A yes or no. */
  flag(name: string, otherwise = false): boolean {
    return this.integer(name, Number(otherwise)) !== 0;
  }

  float(name: string, otherwise: number): number {
    return this.attribute(name, 'float') ?? otherwise;
  }

  text(name: string, otherwise: string): string {
    return this.attribute(name, 'text') ?? otherwise;
  }

  integers(name: string): readonly number[] | undefined {
    return this.attribute(name, 'integers');
  }

  has(index: number): boolean {
    return this.inputs[index] !== undefined;
  }

  /** What is known of an input, flat; undefined where the input is left out. @throws Refused where it is computed */
  dimensions(index: number): Dimension[] | undefined {
    const value = this.inputs[index];
    if (value === undefined) return undefined;
    const found = this.plan.knownOf(value);
    if (found === undefined) throw new Refused(`input ${index} that follows from the images`, 'a constant');
    return Array.from(found.data);
  }

  numbers(index: number): number[] | undefined {
    const found = this.dimensions(index);
    return found && numbers(found, `input ${index} of`);
  }

  number(index: number): number | undefined {
    const found = this.numbers(index);
    if (found !== undefined && found.length !== 1) throw new Refused(`${found.length} numbers`, 'one number');
    return found?.[0];
  }

  /** Whole numbers that older versions have as an attribute and newer ones as an input. */
  integersOf(name: string, index: number): readonly number[] | undefined {
    return this.integers(name) ?? this.numbers(index);
  }
}
