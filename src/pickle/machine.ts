/** What the instructions of a pickle work on: a stack of values, marks in it, and a memo. */
import type { ByteReader } from './reader';
import { Callable, Opaque, Tensor, type StorageType, type Value } from './values';

export interface Names {
  /** What `module.name` stands for. @throws InputError for what only a file that means harm has need of */
  readonly find: (module: string, name: string, reader: ByteReader) => Callable | Opaque | StorageType;
  /** What torch.save keeps outside the pickle. */
  readonly persistent: (id: Value, reader: ByteReader) => Value;
}

const MOST_CONTAINERS = 200_000;

export class Machine {
  private stack: Value[] = [];
  /** The stacks below each mark. */
  private readonly marked: Value[][] = [];
  private readonly memo = new Map<number, Value>();
  private containers = 0;

  constructor(
    private readonly reader: ByteReader,
    private readonly names: Names,
  ) {}

  push(value: Value): void {
    this.stack.push(value);
  }

  pop(): Value {
    const value = this.stack.pop();
    if (value === undefined) throw this.reader.fail('not a pickle', 'an instruction without its operand');
    return value;
  }

  top(): Value {
    const value = this.stack.at(-1);
    if (value === undefined) throw this.reader.fail('not a pickle', 'an instruction without its operand');
    return value;
  }

  popSome(count: number): Value[] {
    if (count > this.stack.length) throw this.reader.fail('not a pickle', 'an instruction without its operands');
    return this.stack.splice(this.stack.length - count, count);
  }

  mark(): void {
    this.marked.push(this.stack);
    this.stack = [];
  }

  /** What lies above the last mark. */
  popMarked(): Value[] {
    const below = this.marked.pop();
    if (below === undefined) throw this.reader.fail('not a pickle', 'an end without a beginning');
    const values = this.stack;
    this.stack = below;
    return values;
  }

  container<T extends Value[] | Map<Value, Value>>(value: T): void {
    if (++this.containers > MOST_CONTAINERS) {
      throw this.reader.fail('a pickle of more containers than any model has', `more than ${MOST_CONTAINERS}`);
    }
    this.push(value);
  }

  remember(index: number): void {
    this.memo.set(index, this.top());
  }

  rememberNext(): void {
    this.memo.set(this.memo.size, this.top());
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw this.reader.fail('not a pickle', `what was never kept, under ${index}`);
    this.push(value);
  }

  find(module: string, name: string): void {
    this.push(this.names.find(module, name, this.reader));
  }

  persistent(id: Value): void {
    this.push(this.names.persistent(id, this.reader));
  }

  /** Calls what lies below its arguments. */
  reduce(): void {
    const args = this.pop();
    const callable = this.pop();
    if (callable instanceof Opaque) {
      this.push(new Opaque(callable.name));
      return;
    }
    if (!(callable instanceof Callable) || !Array.isArray(args)) {
      throw this.reader.fail('not a pickle of tensors', `a call of ${describeValue(callable)}`);
    }
    let made: Value;
    try {
      made = callable.call(args);
    } catch (error) {
      if (!(error instanceof WrongArguments)) throw error;
      throw this.reader.fail(`${callable.name} is given what it does not take`, error.message);
    }
    if (callable.build !== undefined) this.builders.set(made, callable.build);
    if (Array.isArray(made) || made instanceof Map) this.container(made);
    else this.push(made);
  }

  private readonly builders = new Map<Value, NonNullable<Callable['build']>>();

  build(): void {
    const state = this.pop();
    const made = this.top();
    const build = this.builders.get(made);
    // What Python would set on these plays no part here.
    if (build === undefined && (made instanceof Opaque || made instanceof Tensor)) return;
    if (build === undefined) throw this.reader.fail('not a pickle of tensors', 'attributes of something plain');
    build(made, state);
  }

  setItems(pairs: readonly Value[]): void {
    const top = this.top();
    const target = top instanceof Opaque ? (top.entries ??= new Map<Value, Value>()) : top;
    if (!(target instanceof Map) || pairs.length % 2 !== 0) {
      throw this.reader.fail('not a pickle', 'entries of what is no dict');
    }
    for (let i = 0; i < pairs.length; i += 2) target.set(pairs[i] as Value, pairs[i + 1] as Value);
  }

  append(values: readonly Value[]): void {
    const target = this.top();
    if (target instanceof Opaque) return;
    if (!Array.isArray(target)) throw this.reader.fail('not a pickle', 'elements of what is no list');
    for (const value of values) target.push(value);
  }
}

/** What a function of ours throws where a pickle calls it wrongly. */
export class WrongArguments extends Error {}

/** How a value is called in a message. */
export function describeValue(value: Value | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'None';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Map) return 'a dict';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Callable || value instanceof Opaque) return value.name;
  if (value instanceof Tensor) return 'a tensor';
  return typeof value === 'object' ? 'a storage' : JSON.stringify(String(value).slice(0, 40));
}
