/** Single records of batch files, read where they lie. */
import type { FileHandle } from 'node:fs/promises';
import { InputError, messageOf } from '../../common/errors';
import { systemReason } from '../../common/reasons';
import { openRegularFile } from '../../common/regularFile';
import type { SetReader } from '../setReader';
import { countOf, type BatchFile } from './folder';
import { decodeRecords, RECORD_BYTES, SIDE } from './records';
import type { FileCheck } from './sameFiles';

/** Records that are asked for and lie this near to each other are read at once, with what is between them. */
const NEAR_RECORDS = 32;
/** At most so many at once: 31 MB. */
const MOST_RECORDS = 10_000;

/** The images of some files. @param check is called before a file is read */
export function cifar10SetReader(files: readonly BatchFile[], check?: FileCheck): SetReader {
  const count = countOf(files);
  const readChecked = async (span: Span): Promise<Uint8Array> => {
    await check?.(span.file);
    return readSpan(span);
  };
  return {
    count,
    height: SIDE,
    width: SIDE,
    async labels() {
      const labels = new Uint8Array(count);
      for (const span of spansOf(
        files,
        Uint32Array.from({ length: count }, (_, index) => index),
      )) {
        const records = await readChecked(span);
        for (const [row, record] of span.wanted) {
          labels[row] = records[(record - span.first) * RECORD_BYTES] as number;
        }
      }
      return labels;
    },
    async read(indices) {
      const pixels = new Uint8Array(indices.length * SIDE * SIDE * 3);
      const labels = new Uint8Array(indices.length);
      for (const span of spansOf(files, indices)) {
        const records = await readChecked(span);
        for (const [row, record] of span.wanted) {
          const start = (record - span.first) * RECORD_BYTES;
          const bytes = records.subarray(start, start + RECORD_BYTES);
          decodeRecords(bytes, { pixels, labels }, row, span.file.path, record);
        }
      }
      return { pixels, labels };
    },
  };
}

/** Records of one file that are read at once. */
interface Span {
  readonly file: BatchFile;
  readonly first: number;
  last: number;
  /** Where in the result each belongs, and which record it is. */
  readonly wanted: [row: number, record: number][];
}

function spansOf(files: readonly BatchFile[], indices: ArrayLike<number>): Span[] {
  const spans: Span[] = [];
  for (let row = 0; row < indices.length; row++) {
    const [file, record] = locate(files, indices[row] as number);
    const span = spans.at(-1);
    if (
      span?.file === file &&
      record > span.last &&
      record - span.last <= NEAR_RECORDS &&
      record - span.first < MOST_RECORDS
    ) {
      span.last = record;
      span.wanted.push([row, record]);
    } else {
      spans.push({ file, first: record, last: record, wanted: [[row, record]] });
    }
  }
  return spans;
}

function locate(files: readonly BatchFile[], index: number): [file: BatchFile, record: number] {
  let record = index;
  for (const file of files) {
    if (record < file.records) return [file, record];
    record -= file.records;
  }
  throw new RangeError(`image ${index} of files that have fewer`);
}

async function readSpan({ file: { path }, first, last }: Span): Promise<Uint8Array> {
  const bytes = new Uint8Array((last - first + 1) * RECORD_BYTES);
  let file: FileHandle | undefined;
  try {
    file = await openRegularFile(path);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, first * RECORD_BYTES);
    if (bytesRead < bytes.length) throw new Error('a file that has become shorter');
  } catch (error) {
    const found = systemReason(error) ?? messageOf(error);
    throw new InputError('the batch file cannot be read', { file: path, found }, { cause: error });
  } finally {
    await file?.close();
  }
  return bytes;
}
