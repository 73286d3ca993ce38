/**
 * The safetensors format (https://github.com/huggingface/safetensors): a little-endian u64 header length, a JSON header
 * of `dtype`, `shape` and `data_offsets`, then the tensors' bytes. Pure parsing and writing; no file access.
 */
import * as z from 'zod';
import { InputError, type Problem } from '../common/errors';
import { BYTES_PER_ELEMENT, decode, type Dtype } from '../common/storedNumbers';
import type { StoredDict, StoredTensor } from './stored';

/** Fifty times the header of the largest model here. The format's own bound, 100 MB, takes seconds to read. */
const MAXIMUM_HEADER_BYTES = 4_000_000;
const LENGTH_BYTES = 8;

const naturalNumber = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const entrySchema = z.object({
  dtype: z.string().regex(/^[A-Z]\w{0,15}$/),
  shape: z.array(naturalNumber),
  data_offsets: z.tuple([naturalNumber, naturalNumber]),
});
type Entry = z.infer<typeof entrySchema>;

/** @throws InputError that names the file, the tensor, what was found and what was expected. */
export function parseSafetensors(bytes: Uint8Array, file: string): StoredDict {
  const { header, metadata, dataStart } = parseHeader(bytes, file);
  const data = bytes.subarray(dataStart);
  checkLayout(header, data.length, file);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of header) {
    const { dtype, shape, data_offsets: offsets } = entry;
    tensors.set(name, {
      shape,
      ...(isRead(dtype) ? {} : { isUnread: true }),
      get data() {
        if (!isRead(dtype)) throw unreadNumbers(dtype, name, file);
        return decode(dtype, data.subarray(...offsets));
      },
    });
  }
  return { key: '', tensors, metadata };
}

function isRead(dtype: string): dtype is Dtype {
  return Object.hasOwn(BYTES_PER_ELEMENT, dtype);
}

/** Of a tensor that is needed: others of such formats may lie beside it. */
function unreadNumbers(dtype: string, name: string, file: string): InputError {
  return new InputError('numbers of a format that is not read here', {
    file,
    place: `tensor ${name}`,
    found: dtype,
    expected: Object.keys(BYTES_PER_ELEMENT).join(', '),
  });
}

function parseHeader(bytes: Uint8Array, file: string) {
  const fail = (problem: Problem) => new InputError('not a safetensors file', { file, ...problem });
  if (bytes.length < LENGTH_BYTES) {
    throw fail({ found: `${bytes.length} bytes`, expected: 'at least the 8 bytes of the header length' });
  }
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const room = Math.min(bytes.length - LENGTH_BYTES, MAXIMUM_HEADER_BYTES);
  if (length > room) {
    const text = beginningOfText(bytes);
    if (text !== undefined) {
      throw new InputError('not a file of weights', {
        file,
        found: `a text that begins with ${JSON.stringify(text)}`,
        expected: 'safetensors, or a file of torch.save',
      });
    }
    throw fail({
      place: 'header length',
      found: `${length}`,
      expected: `at most ${room}, the file has ${bytes.length} bytes`,
    });
  }
  const text = new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw fail({
      place: 'header',
      found: `a text that starts with ${JSON.stringify(text.slice(0, 40))}`,
      expected: 'JSON',
    });
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw fail({ place: 'header', found: JSON.stringify(json).slice(0, 40), expected: 'a JSON object' });
  }
  const { __metadata__: metadata = {}, ...entries } = json as Record<string, unknown>;
  const parsedMetadata = z.record(z.string(), z.string()).safeParse(metadata);
  if (!parsedMetadata.success) throw fail({ place: '__metadata__', expected: 'an object of strings' });
  const header = Object.entries(entries).map(([name, value]): [string, Entry] => {
    const entry = entrySchema.safeParse(value);
    if (entry.success) return [name, entry.data];
    throw fail({
      place: `tensor ${name}`,
      found: JSON.stringify(value).slice(0, 120),
      expected: `dtype (${Object.keys(BYTES_PER_ELEMENT).join(', ')}), shape and data_offsets`,
    });
  });
  return { header, metadata: parsedMetadata.data, dataStart: LENGTH_BYTES + length };
}

/** Of a file that begins as a text does, JSON among them: its first characters. */
function beginningOfText(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.subarray(0, 40)).toString('latin1');
  return /^[\t\n\r\x20-\x7e]+$/.test(text) ? text : undefined;
}

/** Every tensor has the bytes its shape needs, and together they fill the data without a gap or an overlap. */
function checkLayout(header: readonly [string, Entry][], dataLength: number, file: string): void {
  let position = 0;
  for (const [name, { dtype, shape, data_offsets: offsets }] of [...header].sort(byOffset)) {
    const [start, end] = offsets;
    const count = shape.reduce((a, b) => a * b, 1);
    // How many bytes an element of another format has is not known here.
    const size = isRead(dtype) ? count * BYTES_PER_ELEMENT[dtype] : Math.max(0, end - start);
    const place = `tensor ${name}`;
    if (end > dataLength) {
      throw new InputError('cut short', {
        file,
        place,
        found: `${dataLength} bytes of data`,
        expected: `${end} at least`,
      });
    }
    if (start !== position || end - start !== size) {
      throw new InputError('inconsistent offsets', {
        file,
        place,
        found: `bytes ${start} to ${end}`,
        expected: `${position} to ${position + size} for ${dtype} ${JSON.stringify(shape)}`,
      });
    }
    position = end;
  }
  if (position !== dataLength) {
    throw new InputError('bytes that belong to no tensor', {
      file,
      found: `${dataLength} bytes of data`,
      expected: `${position}`,
    });
  }
}

function byOffset([, a]: [string, Entry], [, b]: [string, Entry]): number {
  return a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1];
}

/** A tensor to be written: float32, or int64 for a count. */
export interface TensorToStore {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** The header is padded with spaces to eight bytes, as the reference implementation does, so that readers can map it. */
export function serialiseSafetensors(
  tensors: readonly TensorToStore[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let position = 0;
  for (const { name, shape, data } of tensors) {
    const dtype = data instanceof Float32Array ? 'F32' : 'I64';
    header[name] = { dtype, shape, data_offsets: [position, position + data.byteLength] };
    position += data.byteLength;
  }
  let text = JSON.stringify(header);
  text += ' '.repeat((8 - (Buffer.byteLength(text) % 8)) % 8);
  const headerBytes = new TextEncoder().encode(text);
  const result = new Uint8Array(LENGTH_BYTES + headerBytes.length + position);
  new DataView(result.buffer).setBigUint64(0, BigInt(headerBytes.length), true);
  result.set(headerBytes, LENGTH_BYTES);
  let offset = LENGTH_BYTES + headerBytes.length;
  for (const { data } of tensors) {
    result.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return result;
}
