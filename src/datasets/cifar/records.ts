/** The binary record: its labels, then 1,024 bytes each of red, green and blue, row by row. */
import { InputError } from '../../common/errors';
import { PLANE, recordBytes, type CifarFormat } from './format';

/** Where decoded records go: whole images, of which records fill a part. */
export interface RecordTarget {
  /** [count, 32, 32, 3] */
  readonly pixels: Uint8Array;
  /** [count] */
  readonly labels: Uint8Array;
}

/** What a record says, where one of its labels is the class that is meant. */
export interface RecordFormat {
  readonly format: CifarFormat;
  /** Which of the format's labels. */
  readonly label: number;
}

/**
 * Decodes one record as image `row` of the target.
 *
 * @param file the name for messages
 * @param record which of the file's records it is
 * @throws InputError for a label that is no class
 */
export function decodeRecord(
  bytes: Uint8Array,
  { format, label }: RecordFormat,
  target: RecordTarget,
  row: number,
  file: string,
  record: number,
): void {
  target.labels[row] = labelOf(bytes, { format, label }, file, record);
  const planes = format.labels.length;
  const { pixels } = target;
  let to = row * 3 * PLANE;
  for (let i = planes; i < planes + PLANE; i++) {
    pixels[to++] = bytes[i] as number;
    pixels[to++] = bytes[i + PLANE] as number;
    pixels[to++] = bytes[i + 2 * PLANE] as number;
  }
}

/** The label that is meant. Others are checked, too: where one is no class, the file is another. @throws InputError */
export function labelOf(bytes: Uint8Array, { format, label }: RecordFormat, file: string, record: number): number {
  const wrong = format.labels.findIndex(({ classes }, at) => (bytes[at] as number) >= classes);
  if (wrong >= 0) throw badLabel(file, format, record, wrong, bytes[wrong] as number);
  return bytes[label] as number;
}

function badLabel(file: string, format: CifarFormat, record: number, at: number, label: number): InputError {
  const { key, classes } = format.labels[at] as CifarFormat['labels'][number];
  const bytes = recordBytes(format);
  const inBinary = file.endsWith('.bin') ? `byte ${record * bytes + at}, ` : `${key}, `;
  return new InputError(`a label is no ${format.title} class`, {
    file,
    place: `record ${record} (${inBinary}records counted from 0)`,
    found: `label ${label}`,
    expected: `a label of 0 to ${classes - 1}`,
    advice: `The file is damaged or is not of ${format.title}.`,
  });
}
