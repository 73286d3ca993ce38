/** What each instruction of a pickle does to the machine that interprets it. */
import type { Machine } from './machine';
import { latin1, type ByteReader } from './reader';
import type { Value } from './values';

/** A whole number longer than this is none of ours. */
const LONGEST_INTEGER_BYTES = 64;

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

/** By code (Python's Lib/pickletools.py). */
export const INSTRUCTIONS: Readonly<Partial<Record<number, Instruction>>> = {
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
  0x61: (m) => m.append(m.popSome(1)),
  0x65: (m) => m.append(m.popMarked()),
  0x90: (m) => m.append(m.popMarked()),
  0x73: (m) => m.setItems(m.popSome(2)),
  0x75: (m) => m.setItems(m.popMarked()),
  // The memo.
  0x70: (m, r) => m.remember(Number(r.line())),
  0x71: (m, r) => m.remember(r.u8()),
  0x72: (m, r) => m.remember(r.u32()),
  0x94: (m) => m.rememberNext(),
  0x67: (m, r) => m.recall(Number(r.line())),
  0x68: (m, r) => m.recall(r.u8()),
  0x6a: (m, r) => m.recall(r.u32()),
  // Names, and what they make.
  0x63: (m, r) => m.find(r.line(), r.line()),
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
};
