import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import { serialiseCheckpoint } from '../../../src/weights/checkpoint';
import { networkIn } from '../../../src/weights/network';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/common/errors';
import { parseSafetensors, serialiseSafetensors } from '../../../src/weights/safetensors';

/** A file of any header, given as JSON or as text, and any data. */
function fileOf(header: unknown, data: Uint8Array = new Uint8Array(0), length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + data.length);
  new DataView(file.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  file.set(text, 8);
  file.set(data, 8 + text.length);
  return file;
}

function oneTensor(dtype: string, shape: number[], data: Uint8Array): Uint8Array {
  return fileOf({ t: { dtype, shape, data_offsets: [0, data.length] } }, data);
}

function messageOf(bytes: Uint8Array): string {
  try {
    parseSafetensors(bytes, 'w.safetensors');
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
}

it('a tensor of a format that is not read is left out beside a network', () => {
  const { entries, data } = network();
  const end = data.length;
  const header = { ...entries, f8: { dtype: 'F8_E4M3', shape: [3], data_offsets: [end, end + 3] } };
  const dict = parseSafetensors(fileOf(header, Buffer.concat([data, Buffer.alloc(3)])), 'w.safetensors');
  expect(networkIn({ dicts: [dict] }, 'w.safetensors').leftOut).toEqual(['f8']);

  function network() {
    const model = createModel('resnet20', 32, 10);
    const bytes = serialiseCheckpoint(model, initialWeights(model, 1), {});
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    const entries = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<string, unknown>;
    return { entries, data: bytes.subarray(8 + length) };
  }
});

it('a tensor of a format that is not read is refused where its numbers are asked for', () => {
  const { tensors } = parseSafetensors(oneTensor('F8_E4M3', [8], new Uint8Array(8)), 'w.safetensors');
  expect(tensors.get('t')?.shape).toEqual([8]);
  expect(() => tensors.get('t')?.data).toThrow(/tensor t: numbers of a format that is not read here: found F8_E4M3/);
});

describe('what is written', () => {
  const tensors = [
    { name: 'a.weight', shape: [2, 3], data: Float32Array.of(1, -2, 0.5, 1e-40, 3e38, -0) },
    { name: 'empty', shape: [0, 4], data: new Float32Array(0) },
    { name: 'a.num_batches_tracked', shape: [], data: BigInt64Array.of(12345n) },
  ];

  it('is read back to the bit', () => {
    const { tensors: read, metadata } = parseSafetensors(serialiseSafetensors(tensors, { epoch: '3' }), 'w');
    expect(metadata).toEqual({ epoch: '3' });
    expect([...read.keys()]).toEqual(['a.weight', 'empty', 'a.num_batches_tracked']);
    expect(read.get('a.weight')).toEqual({ shape: [2, 3], data: tensors[0]?.data });
    expect(Object.is(read.get('a.weight')?.data[5], -0)).toBe(true);
    expect(read.get('empty')).toEqual({ shape: [0, 4], data: new Float32Array(0) });
    expect(read.get('a.num_batches_tracked')).toEqual({ shape: [], data: Float32Array.of(12345) });
  });

  it('has a header padded to eight bytes, and data that begin and end where it says', () => {
    for (const metadata of [{}, { a: 'b' }, { a: 'ü' }]) {
      const bytes = serialiseSafetensors(tensors, metadata);
      const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
      expect(length % 8).toBe(0);
      expect(bytes.length).toBe(8 + length + 24 + 8);
    }
  });

  it('is read from the middle of a buffer', () => {
    const bytes = serialiseSafetensors(tensors, {});
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(parseSafetensors(shifted.subarray(3), 'w').tensors.get('a.weight')?.data).toEqual(tensors[0]?.data);
  });
});

describe('the number formats', () => {
  // Little-endian bytes, by hand from the formats' definitions.
  it.each<[string, number[], number[]]>([
    ['F64', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0], [1.5, -2]],
    ['F32', [0, 0, 0xc0, 0x3f, 0, 0, 0x80, 0xff], [1.5, -Infinity]],
    // One; the greatest, 65504; the least normal, 2^-14; the least of all, 2^-24; minus zero; infinity; NaN.
    [
      'F16',
      [0, 0x3c, 0xff, 0x7b, 0, 0x04, 0x01, 0, 0, 0x80, 0, 0x7c, 0x01, 0x7e],
      [1, 65504, 2 ** -14, 2 ** -24, -0, Infinity, NaN],
    ],
    ['BF16', [0xc0, 0x3f, 0x80, 0xbf, 0x80, 0x7f, 0x01, 0], [1.5, -1, Infinity, 2 ** -133]],
    ['I64', [0, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [2 ** 32, -1]],
    ['I32', [0, 0, 1, 0, 0xfe, 0xff, 0xff, 0xff], [65536, -2]],
    ['I16', [0, 0x80, 0xff, 0x7f], [-32768, 32767]],
    ['I8', [0x80, 0x7f], [-128, 127]],
    ['U8', [0, 255], [0, 255]],
    ['BOOL', [0, 1], [0, 1]],
  ])('%s', (dtype, bytes, expected) => {
    const file = oneTensor(dtype, [expected.length], Uint8Array.from(bytes));
    expect(parseSafetensors(file, 'w').tensors.get('t')).toEqual({
      shape: [expected.length],
      data: Float32Array.from(expected),
    });
  });
});

describe('a file that is none', () => {
  it.each<[string, Uint8Array, RegExp]>([
    [
      'empty',
      new Uint8Array(0),
      /^w\.safetensors: not a safetensors file: found 0 bytes, expected at least the 8 bytes/,
    ],
    ['of seven bytes', new Uint8Array(7), /found 7 bytes/],
    [
      'whose header is longer than it',
      fileOf({}, undefined, 3n),
      /header length: .*found 3, expected at most 2, the file has 10/,
    ],
    [
      'whose header has 2^64 − 1 bytes',
      fileOf({}, undefined, 2n ** 64n - 1n),
      /header length: .*found 1844674407370955\d+/,
    ],
    ['whose header has 2^63 bytes', fileOf({}, undefined, 2n ** 63n), /header length: .*found 922337203685477\d+/],
    [
      'whose header is shorter than its JSON',
      fileOf({}, undefined, 1n),
      /header: not a safetensors file: .*expected JSON/,
    ],
    ['without a header', fileOf('', undefined), /header: .*expected JSON/],
    ['whose header is not JSON', fileOf('{"t": '), /header: .*expected JSON/],
    ['whose header is a list', fileOf([1, 2]), /header: .*found \[1,2\], expected a JSON object/],
    ['whose header is null', fileOf('null'), /header: .*found null/],
    [
      'with metadata that are no strings',
      fileOf({ __metadata__: { a: 1 } }),
      /__metadata__: .*expected an object of strings/,
    ],
  ])('%s', (_, bytes, message) => {
    expect(messageOf(bytes)).toMatch(message);
  });
});

describe('an entry that is wrong', () => {
  const entry = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
  const eight = new Uint8Array(8);
  const sixteen = new Uint8Array(16);

  it.each<[string, Uint8Array, RegExp]>([
    ['of no format', fileOf({ t: { ...entry, dtype: 'constructor' } }, eight), /tensor t: .*constructor/],
    ['with a negative shape', fileOf({ t: { ...entry, shape: [-2] } }, eight), /tensor t: /],
    ['with a broken shape', fileOf({ t: { ...entry, shape: [1.5] } }, eight), /tensor t: /],
    ['with one offset', fileOf({ t: { ...entry, data_offsets: [0] } }, eight), /tensor t: /],
    ['with a huge offset', fileOf({ t: { ...entry, data_offsets: [0, 1e300] } }, eight), /tensor t: /],
    ['that is no object', fileOf({ t: 7 }, eight), /tensor t: .*found 7/],
    [
      'with a huge shape',
      fileOf({ t: { ...entry, shape: [2 ** 40, 2 ** 40] } }, eight),
      /tensor t: inconsistent offsets: found bytes 0 to 8, expected 0 to \S+ for F32 \[1099511627776,1099511627776\]/,
    ],
    [
      'with a shape past all numbers',
      fileOf({ t: { ...entry, shape: Array.from({ length: 40 }, () => 2 ** 50) } }, eight),
      /tensor t: inconsistent offsets: found bytes 0 to 8, expected 0 to Infinity/,
    ],
    [
      'with another shape than its bytes',
      fileOf({ t: { ...entry, shape: [3] } }, eight),
      /tensor t: inconsistent offsets: found bytes 0 to 8, expected 0 to 12 for F32 \[3\]/,
    ],
    [
      'cut short',
      fileOf({ t: { ...entry, shape: [4], data_offsets: [0, 16] } }, eight),
      /tensor t: cut short: found 8 bytes of data, expected 16 at least/,
    ],
    [
      'that ends before it begins',
      fileOf({ t: { ...entry, data_offsets: [8, 0] } }, eight),
      /tensor t: inconsistent offsets: found bytes 8 to 0/,
    ],
    [
      'that overlaps another',
      fileOf({ s: entry, t: { ...entry, data_offsets: [4, 12] } }, sixteen),
      /tensor t: inconsistent offsets: found bytes 4 to 12, expected 8 to 16/,
    ],
    [
      'with the same bytes as another',
      fileOf({ s: entry, t: entry }, eight),
      /tensor t: inconsistent offsets: found bytes 0 to 8, expected 8 to 16/,
    ],
    [
      'after a gap',
      fileOf({ s: { ...entry, shape: [1], data_offsets: [0, 4] }, t: { ...entry, data_offsets: [8, 16] } }, sixteen),
      /tensor t: inconsistent offsets: found bytes 8 to 16, expected 4 to 12/,
    ],
    ['before bytes of nobody', fileOf({ t: entry }, sixteen), /bytes that belong to no tensor: found 16.*expected 8/],
  ])('%s', (_, bytes, message) => {
    expect(messageOf(bytes)).toMatch(message);
    expect(messageOf(bytes)).toMatch(/^w\.safetensors/);
  });

  it('takes tensors in any order of the header', () => {
    const data = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
    const { tensors } = parseSafetensors(fileOf({ t: { ...entry, data_offsets: [8, 16] }, s: entry }, data), 'w');
    expect(tensors.get('t')?.data).toEqual(Float32Array.of(3, 4));
  });
});
