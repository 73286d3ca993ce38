/** The images of batch files, by their numbers. */
import type { SetReader } from '../dataReader';
import { countOf, type BatchFile } from './batchFiles';
import { PLANE, recordBytes, SIDE } from './format';
import { readRecords } from './readRecords';
import { decodeRecord, labelOf, type RecordFormat } from './records';
import type { FileCheck } from './sameFiles';

/** Records that are asked for and lie this near to each other are read at once, with what is between them. */
const NEAR_RECORDS = 32;
/** At most so many at once: 31 MB. */
const MOST_RECORDS = 10_000;

/** The images of some files. @param check is called before a file is read */
export function batchSetReader(files: readonly BatchFile[], of: RecordFormat, check?: FileCheck): SetReader {
  const count = countOf(files);
  const size = recordBytes(of.format);
  const eachRecord = async (
    indices: ArrayLike<number>,
    use: (bytes: Uint8Array, row: number, file: string, record: number) => void,
  ): Promise<void> => {
    for (const { file, first, last, wanted } of spansOf(files, indices)) {
      await check?.(file);
      const records = await readRecords(file.path, of, first, last - first + 1);
      for (const [row, record] of wanted) {
        const start = (record - first) * size;
        use(records.subarray(start, start + size), row, file.path, record);
      }
    }
  };
  return {
    count,
    height: SIDE,
    width: SIDE,
    async labels() {
      const labels = new Uint8Array(count);
      const all = Uint32Array.from({ length: count }, (_, index) => index);
      await eachRecord(all, (bytes, row, file, record) => (labels[row] = labelOf(bytes, of, file, record)));
      return labels;
    },
    async read(indices) {
      const pixels = new Uint8Array(indices.length * PLANE * 3);
      const labels = new Uint8Array(indices.length);
      await eachRecord(indices, (bytes, row, file, record) => {
        decodeRecord(bytes, of, { pixels, labels }, row, file, record);
      });
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
