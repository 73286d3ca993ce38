/** Arrays in `.npy` files, of which rows (what one index of the first axis has) are read where they lie. */
import type { FileHandle } from 'node:fs/promises';
import { InputError, isReportedError, messageOf } from '../../common/errors';
import { systemReason } from '../../common/reasons';
import { openRegularFile } from '../../common/regularFile';
import { describeArray, MOST_HEADER_BYTES, parseNpyHeader, type NpyHeader } from './header';

export interface NpyFile extends NpyHeader {
  readonly path: string;
  /** The first axis's length. */
  readonly rows: number;
  readonly rowBytes: number;
}

/**
 * What an array is, by its header and the file's length.
 * @throws InputError where it cannot be read, is no array of at least one axis, of another length than its header says,
 *   or in Fortran order, of which no row lies in one piece
 */
export async function openNpy(path: string): Promise<NpyFile> {
  const [header, size] = await withFile(path, async (file) => {
    const bytes = new Uint8Array(MOST_HEADER_BYTES);
    const { size } = await file.stat();
    return [parseNpyHeader(bytes.subarray(0, await fill(file, bytes, 0)), path), size] as const;
  });
  const { shape, type, start, isFortran } = header;
  const [rows, ...inner] = shape;
  if (rows === undefined || rows === 0 || inner.includes(0))
    throw new InputError('the array is empty', {
      file: path,
      found: describeArray(header),
      expected: 'a row at least',
    });
  if (isFortran)
    throw new InputError('the array lies by columns', {
      file: path,
      found: describeArray(header),
      expected: 'C order, in which an image lies in one piece',
      advice: 'Save it by numpy.save(path, numpy.ascontiguousarray(x)).',
    });
  const rowBytes = inner.reduce((product, length) => product * length, type.bytes);
  const expected = start + rows * rowBytes;
  if (size !== expected)
    throw new InputError(size < expected ? 'the file is cut short' : 'the file is longer than its array', {
      file: path,
      found: `${size} bytes`,
      expected: `${expected}, of ${describeArray(header)}`,
    });
  return { ...header, path, rows, rowBytes };
}

/** So many rows from `first` on, as they lie. @throws InputError where the file cannot be read, or has become shorter */
export async function readRows({ path, start, rowBytes }: NpyFile, first: number, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count * rowBytes);
  const length = await withFile(path, (file) => fill(file, bytes, start + first * rowBytes));
  if (length === bytes.length) return bytes;
  throw new InputError('the file has become shorter', { file: path });
}

/** Reads until the bytes are full or the file ends. @returns how many */
async function fill(file: FileHandle, bytes: Uint8Array, position: number): Promise<number> {
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, position + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

async function withFile<R>(path: string, work: (file: FileHandle) => Promise<R>): Promise<R> {
  try {
    const file = await openRegularFile(path);
    try {
      return await work(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isReportedError(error)) throw error;
    const found = systemReason(error) ?? messageOf(error);
    throw new InputError('the .npy file cannot be read', { file: path, found }, { cause: error });
  }
}

/** Rows that are asked for and lie this near to each other are read at once, with what is between them. */
const NEAR_BYTES = 1 << 17;
/** At most so much at once. */
const MOST_BYTES = 1 << 25;

/**
 * The rows of some indices, in few reads.
 * @param use is given each row, and its place among the indices
 * @throws InputError as `readRows`; RangeError for an index that the array does not have
 */
export async function eachRow(
  file: NpyFile,
  indices: ArrayLike<number>,
  use: (row: Uint8Array, at: number) => void,
): Promise<void> {
  const { rows, rowBytes } = file;
  for (let at = 0; at < indices.length;) {
    const first = indices[at] as number;
    if (!(first >= 0 && first < rows)) throw new RangeError(`row ${first} of ${rows}`);
    let last = first;
    let end = at + 1;
    for (; end < indices.length; end++) {
      const next = indices[end] as number;
      const isNear = next > last && next < rows && (next - last) * rowBytes <= NEAR_BYTES + rowBytes;
      if (!isNear || (next - first + 1) * rowBytes > MOST_BYTES) break;
      last = next;
    }
    const bytes = await readRows(file, first, last - first + 1);
    for (; at < end; at++) {
      const from = ((indices[at] as number) - first) * rowBytes;
      use(bytes.subarray(from, from + rowBytes), at);
    }
  }
}
