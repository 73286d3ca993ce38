/** Labels: integers of any width and byte order, one for each image. */
import { createClassIndices, MOST_CLASSES, type ClassIndices } from '../../common/classIndices';
import { InputError } from '../../common/errors';
import { readRows, type NpyFile } from './file';
import { describeArray, type ElementType } from './header';

/** So many at once, at most 8 bytes each. */
const PART = 1 << 18;

/**
 * All labels of a file.
 * @param file of shape [n] or [n, 1]
 * @param classes how many there are
 * @throws InputError where they are no integers, or one of them is no class
 */
export async function readLabels(file: NpyFile, classes: number): Promise<ClassIndices> {
  const labels = createClassIndices(classes, file.rows);
  await eachLabel(file, classes, (label, image) => (labels[image] = label));
  return labels;
}

/** How many classes labels are of: as many as the largest says, two at least. @throws InputError as `readLabels` */
export async function countClasses(file: NpyFile): Promise<number> {
  let largest = 1;
  await eachLabel(file, MOST_CLASSES, (label) => (largest = Math.max(largest, label)));
  return largest + 1;
}

async function eachLabel(file: NpyFile, classes: number, use: (label: number, image: number) => void): Promise<void> {
  const { type, shape, rows, path } = file;
  const isColumn = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  if (type.kind === 'f' || !isColumn)
    throw new InputError('the labels are no list of integers', {
      file: path,
      found: describeArray(file),
      expected: 'integers of shape [images]',
      ...(shape.length === 2 && !isColumn
        ? { advice: 'Of a row for each image, one number a class, save labels.argmax(axis=1).' }
        : {}),
    });
  for (let first = 0; first < rows; first += PART) {
    const count = Math.min(PART, rows - first);
    const read = integerReader(type, await readRows(file, first, count));
    for (let at = 0; at < count; at++) {
      const label = read(at);
      if (label < 0 || label >= classes) throw noClass(file, first + at, label, classes);
      use(label, first + at);
    }
  }
}

function noClass({ path }: NpyFile, image: number, label: number, most: number): InputError {
  return new InputError('a label is no class', {
    file: path,
    place: `image ${image} (counted from 0)`,
    found: `label ${label}`,
    expected: `a label of 0 to ${most - 1}`,
  });
}

/** Reads the element of an index. */
function integerReader({ kind, bytes: width, isBigEndian }: ElementType, bytes: Uint8Array): (at: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = !isBigEndian;
  const signed = kind === 'i';
  switch (width) {
    case 1:
      return signed ? (at) => view.getInt8(at) : (at) => view.getUint8(at);
    case 2:
      return signed ? (at) => view.getInt16(2 * at, little) : (at) => view.getUint16(2 * at, little);
    case 4:
      return signed ? (at) => view.getInt32(4 * at, little) : (at) => view.getUint32(4 * at, little);
    default:
      return (at) => Number(signed ? view.getBigInt64(8 * at, little) : view.getBigUint64(8 * at, little));
  }
}
