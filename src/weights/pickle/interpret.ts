/**
 * An interpreter of pickles (Python's Lib/pickletools.py) that makes plain values and knows few functions, all of them
 * ours. Python's own runs whatever a pickle names; here what a name that is not known would make is an opaque value, and
 * nothing is called. Every instruction makes at most one value, so that memory and time are bounded by the instructions' number.
 */
import type { StorageType } from './values';
import { Callable, Opaque, Tensor, type Value } from './values';
import type { ByteReader } from './reader';
import { latin1 } from './reader';

export interface Names {
  /** What `module.name` stands for. @throws InputError for what only a file that means harm has need of */
  readonly find: (module: string, name: string, reader: ByteReader) => Callable | Opaque | StorageType;
  /** What torch.save keeps outside the pickle. */
  readonly persistent: (id: Value, reader: ByteReader) => Value;
}

const MOST_INSTRUCTIONS = 1_000_000;
const MOST_CONTAINERS = 200_000;
/** A whole number longer than this is none of ours. */
const LONGEST_INTEGER_BYTES = 64;

/** Interprets one pickle, from the reader's position to behind its end. @throws InputError */
export function interpretPickle(reader: ByteReader, names: Names): Value {
  return new Machine(reader, names).run();
}

class Machine {
  private stack: Value[] = [];
  /** The stacks below each mark. */
  private readonly marked: Value[][] = [];
  private readonly memo = new Map<number, Value>();
  private containers = 0;

  constructor(
    private readonly reader: ByteReader,
    private readonly names: Names,
  ) {}

  run(): Value {
    for (let count = 0; count < MOST_INSTRUCTIONS; count++) {
      const code = this.reader.u8();
      if (code === STOP) return this.pop();
      const instruction = INSTRUCTIONS[code];
      if (instruction === undefined) throw this.unknown(code);
      instruction(this, this.reader);
    }
    throw this.reader.fail('a pickle of more instructions than any model has', `more than ${MOST_INSTRUCTIONS}`);
  }

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

  private unknown(code: number) {
    const name = REFUSED[code];
    return name === undefined
      ? this.reader.fail('not a pickle', `the instruction 0x${code.toString(16).padStart(2, '0')}`)
      : this.reader.fail('not a pickle of tensors', name, 'tensors and plain containers');
  }
}

/** What a function of ours throws where a pickle calls it wrongly. */
export class WrongArguments extends Error {}

const STOP = 0x2e;
/** Instructions that make objects of classes, or take what lies outside the file. */
const REFUSED: Readonly<Record<number, string>> = {
  0x69: 'the instruction INST, which makes an object of a class',
  0x6f: 'the instruction OBJ, which makes an object of a class',
  0x82: 'the instruction EXT1, which names a function by a number',
  0x83: 'the instruction EXT2, which names a function by a number',
  0x84: 'the instruction EXT4, which names a function by a number',
  0x97: 'the instruction NEXT_BUFFER, whose bytes lie elsewhere',
};

type Instruction = (machine: Machine, reader: ByteReader) => void;

/** Little-endian two's complement. */
function signedInteger(bytes: Uint8Array, reader: ByteReader): number | bigint {
  if (bytes.length > LONGEST_INTEGER_BYTES)
    throw reader.fail('a whole number past all counts', `${bytes.length} bytes`);
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return plain(BigInt.asIntN(8 * bytes.length, value));
}

function plain(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function integerOf(text: string, reader: ByteReader): Value {
  if (text === '00') return false;
  if (text === '01') return true;
  if (!/^[+-]?\d{1,40}L?$/.test(text))
    throw reader.fail('not a pickle', `the number ${JSON.stringify(text.slice(0, 40))}`);
  return plain(BigInt(text.replace('L', '')));
}

function floatOf(text: string, reader: ByteReader): number {
  const value = { inf: Infinity, '-inf': -Infinity, nan: NaN }[text] ?? Number(text);
  if (text.trim() !== '' && (text === 'nan' || !Number.isNaN(value))) return value;
  throw reader.fail('not a pickle', `the number ${JSON.stringify(text.slice(0, 40))}`);
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The text within quotes; escapes, which no name of a tensor needs, stay as they are. */
function quoted(line: string): string {
  return line.replace(/^(['"])(.*)\1$/, '$2');
}

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

const INSTRUCTIONS: readonly (Instruction | undefined)[] = instructionTable({
  // PROTO and FRAME say nothing that is needed.
  0x80: (_, r) => void r.u8(),
  0x95: (_, r) => void r.u64(),
  // The stack.
  0x28: (m) => m.mark(),
  0x30: (m) => void m.pop(),
  0x31: (m) => void m.popMarked(),
  0x32: (m) => m.push(m.top()),
  // Plain values.
  0x4e: (m) => m.push(null),
  0x88: (m) => m.push(true),
  0x89: (m) => m.push(false),
  0x49: (m, r) => m.push(integerOf(r.line(), r)),
  0x4c: (m, r) => m.push(integerOf(r.line(), r)),
  0x4a: (m, r) => m.push(r.i32()),
  0x4b: (m, r) => m.push(r.u8()),
  0x4d: (m, r) => m.push(r.u16()),
  0x8a: (m, r) => m.push(signedInteger(r.take(r.u8()), r)),
  0x8b: (m, r) => m.push(signedInteger(r.take(r.u32()), r)),
  0x46: (m, r) => m.push(floatOf(r.line(), r)),
  0x47: (m, r) => m.push(r.f64BigEndian()),
  0x53: (m, r) => m.push(quoted(r.line())),
  0x54: (m, r) => m.push(latin1(r.take(r.u32()))),
  0x55: (m, r) => m.push(latin1(r.take(r.u8()))),
  0x56: (m, r) => m.push(r.line()),
  0x58: (m, r) => m.push(utf8(r.take(r.u32()))),
  0x8c: (m, r) => m.push(utf8(r.take(r.u8()))),
  0x8d: (m, r) => m.push(utf8(r.take(r.u64()))),
  0x42: (m, r) => m.push(r.take(r.u32())),
  0x43: (m, r) => m.push(r.take(r.u8())),
  0x8e: (m, r) => m.push(r.take(r.u64())),
  0x96: (m, r) => m.push(r.take(r.u64())),
  // READONLY_BUFFER: bytes stay as they are.
  0x98: (m) => void m.top(),
  // Containers. Sets are lists here.
  0x5d: (m) => m.container([]),
  0x8f: (m) => m.container([]),
  0x6c: (m) => m.container(m.popMarked()),
  0x91: (m) => m.container(m.popMarked()),
  0x29: (m) => m.container([]),
  0x74: (m) => m.container(m.popMarked()),
  0x85: (m) => m.container(m.popSome(1)),
  0x86: (m) => m.container(m.popSome(2)),
  0x87: (m) => m.container(m.popSome(3)),
  0x7d: (m) => m.container(new Map<Value, Value>()),
  0x64(m) {
    const pairs = m.popMarked();
    m.container(new Map<Value, Value>());
    m.setItems(pairs);
  },
  0x61(m) {
    const values = m.popSome(1);
    m.append(values);
  },
  0x65(m) {
    const values = m.popMarked();
    m.append(values);
  },
  0x90(m) {
    const values = m.popMarked();
    m.append(values);
  },
  0x73(m) {
    const pair = m.popSome(2);
    m.setItems(pair);
  },
  0x75(m) {
    const pairs = m.popMarked();
    m.setItems(pairs);
  },
  // The memo.
  0x70: (m, r) => m.remember(Number(r.line())),
  0x71: (m, r) => m.remember(r.u8()),
  0x72: (m, r) => m.remember(r.u32()),
  0x94: (m) => m.rememberNext(),
  0x67: (m, r) => m.recall(Number(r.line())),
  0x68: (m, r) => m.recall(r.u8()),
  0x6a: (m, r) => m.recall(r.u32()),
  // Names, and what they make.
  0x63(m, r) {
    const module = r.line();
    m.find(module, r.line());
  },
  0x93(m, r) {
    const [module, name] = m.popSome(2);
    if (typeof module !== 'string' || typeof name !== 'string') throw r.fail('not a pickle', 'a name that is no text');
    m.find(module, name);
  },
  0x52: (m) => m.reduce(),
  0x81: (m) => m.reduce(),
  // NEWOBJ_EX, with keyword arguments, which none of ours takes.
  0x92(m) {
    m.pop();
    m.reduce();
  },
  0x62: (m) => m.build(),
  0x50: (m, r) => m.persistent(r.line()),
  0x51: (m) => m.persistent(m.pop()),
});

function instructionTable(byCode: Readonly<Record<number, Instruction>>): readonly (Instruction | undefined)[] {
  return Array.from({ length: 256 }, (_, code) => byCode[code]);
}
