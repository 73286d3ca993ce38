/**
 * The framing of TFRecord files: of each record its length (little-endian u64), the masked CRC-32C of these eight bytes, the
 * record, and the masked CRC-32C of it.
 */
import { maskedCrc32c } from './crc32c';

const HEAD = 12;
const TAIL = 4;

export function framed(record: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEAD + record.length + TAIL);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(record.length), true);
  view.setUint32(8, maskedCrc32c(bytes.subarray(0, 8)), true);
  bytes.set(record, HEAD);
  view.setUint32(HEAD + record.length, maskedCrc32c(record), true);
  return bytes;
}

export interface ReadRecords {
  /** In place. */
  readonly records: readonly Uint8Array[];
  /** How many bytes the whole records take: what follows is half of one, or damaged. */
  readonly length: number;
}

/** The records up to the first that is not whole. What they hold is not held against its sum: a reader does that. */
export function readRecords(bytes: Uint8Array): ReadRecords {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: Uint8Array[] = [];
  let at = 0;
  while (at + HEAD <= bytes.length) {
    const length = Number(view.getBigUint64(at, true));
    const end = at + HEAD + length;
    if (view.getUint32(at + 8, true) !== maskedCrc32c(bytes.subarray(at, at + 8)) || end + TAIL > bytes.length) break;
    records.push(bytes.subarray(at + HEAD, end));
    at = end + TAIL;
  }
  return { records, length: at };
}
