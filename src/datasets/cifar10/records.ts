/** CIFAR-10's binary record: a label, then 1,024 bytes each of red, green and blue, row by row. */
import { InputError } from '../../common/errors';

export const SIDE = 32;
const PLANE = SIDE * SIDE;
export const RECORD_BYTES = 1 + 3 * PLANE;

/** In the order of their labels. */
export const CIFAR10_CLASSES = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;

/** Where decoded records go: whole images, of which records fill a part. */
export interface RecordTarget {
  /** [count, 32, 32, 3] */
  readonly pixels: Uint8Array;
  /** [count] */
  readonly labels: Uint8Array;
}

/**
 * Decodes whole records into the target from image `first` on.
 *
 * @param file the name for messages
 * @param firstRecord which of the file's records `records` starts at
 * @throws InputError for a label that is no class
 */
export function decodeRecords(
  records: Uint8Array,
  target: RecordTarget,
  first: number,
  file: string,
  firstRecord = 0,
): void {
  const count = records.length / RECORD_BYTES;
  for (let i = 0; i < count; i++) {
    const offset = i * RECORD_BYTES;
    const label = records[offset] as number;
    if (label >= CIFAR10_CLASSES.length) throw badLabel(file, firstRecord + i, label);
    target.labels[first + i] = label;
    interleave(records, offset + 1, target.pixels, (first + i) * 3 * PLANE);
  }
}

function interleave(planes: Uint8Array, from: number, pixels: Uint8Array, to: number): void {
  for (let i = 0; i < PLANE; i++) {
    pixels[to++] = planes[from + i] as number;
    pixels[to++] = planes[from + PLANE + i] as number;
    pixels[to++] = planes[from + 2 * PLANE + i] as number;
  }
}

function badLabel(file: string, record: number, label: number): InputError {
  return new InputError('a label is no CIFAR-10 class', {
    file,
    place: `record ${record} (byte ${record * RECORD_BYTES}, records counted from 0)`,
    found: `label ${label}`,
    expected: 'a label of 0 to 9',
    advice: 'The file is damaged or is not in the CIFAR-10 binary format.',
  });
}
