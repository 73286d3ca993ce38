/**
 * The Python version of a batch: a pickle of a dict with `data`, a row of 3,072 bytes an image, and lists of labels. It is
 * read as the records that the binary version has in its place. No code of the file is run: see `src/pickle`.
 */
import { InputError } from '../../common/errors';
import { BYTES_PER_ELEMENT, elementReader } from '../../common/storedNumbers';
import { interpretPickle } from '../../pickle/interpret';
import { describeValue } from '../../pickle/machine';
import { nothingOutside, plainNames } from '../../pickle/names';
import { ByteReader } from '../../pickle/reader';
import { entriesOf, NumpyArray, type Value } from '../../pickle/values';
import { PLANE, recordBytes, type CifarFormat } from './format';

/** @param label which of the format's labels must be there @throws InputError that names what is wrong in the file */
export function recordsOfPython(bytes: Uint8Array, format: CifarFormat, label: number, file: string): Uint8Array {
  const value = interpretPickle(new ByteReader(bytes, file), { find: plainNames(), persistent: nothingOutside });
  const entries = entriesOf(value);
  if (entries === undefined) throw notABatch(format, file, describeValue(value));
  const batch = new Map([...entries].map(([key, each]) => [keyText(key), each]));
  const { rows, count } = imagesIn(batch, format, file);
  const columns = format.labels.map(({ key }, at) =>
    at === label || batch.has(key) ? labelsIn(batch.get(key), key, count, file) : new Uint8Array(count),
  );
  const size = recordBytes(format);
  const records = new Uint8Array(count * size);
  for (let row = 0; row < count; row++) {
    columns.forEach((labels, at) => (records[row * size + at] = labels[row] as number));
    records.set(rows.subarray(row * 3 * PLANE, (row + 1) * 3 * PLANE), row * size + columns.length);
  }
  return records;
}

/** Python 2 has texts where Python 3 has bytes. */
function keyText(key: Value): string {
  return key instanceof Uint8Array ? Buffer.from(key).toString('latin1') : describeKey(key);
}

function describeKey(key: Value): string {
  return typeof key === 'string' ? key : describeValue(key);
}

function imagesIn(batch: ReadonlyMap<string, Value>, format: CifarFormat, file: string) {
  const data = batch.get('data');
  if (data === undefined) {
    const keys = [...batch.keys()].slice(0, 8).join(', ').slice(0, 200);
    throw notABatch(format, file, keys === '' ? 'an empty dict' : `a dict with ${keys}`);
  }
  const content = data instanceof NumpyArray ? data.content : undefined;
  const [count = 0] = content?.shape ?? [];
  const isOfRows =
    content?.shape.length === 2 && content.shape[1] === 3 * PLANE && Number.isInteger(count) && count > 0;
  if (content?.dtype === 'U8' && isOfRows && (!content.byColumns || count === 1)) return { rows: content.bytes, count };
  throw new InputError('the images are not as the Python version has them', {
    file,
    place: 'data',
    found:
      content === undefined
        ? describeValue(data)
        : `${content.dtype} of shape [${content.shape.join(', ')}]${content.byColumns ? ' by columns' : ''}`,
    expected: `U8 of shape [images, ${3 * PLANE}] by rows`,
  });
}

function labelsIn(value: Value | undefined, key: string, count: number, file: string): Uint8Array {
  const numbers = Array.isArray(value) ? value : numbersOf(value);
  const wrong = numbers?.findIndex(
    (each) => typeof each !== 'number' || !Number.isInteger(each) || each < 0 || each > 255,
  );
  if (numbers?.length === count && wrong === -1) return Uint8Array.from(numbers as number[]);
  const isList = numbers !== undefined && numbers.length !== count;
  throw new InputError('the labels do not fit the images', {
    file,
    place: wrong === undefined || wrong < 0 || isList ? key : `${key}, element ${wrong}`,
    found: isList
      ? `${numbers.length} labels`
      : numbers === undefined || wrong === undefined
        ? describeValue(value)
        : describeValue(numbers[wrong]),
    expected: isList || numbers === undefined ? `${count} labels` : 'a class’s number',
  });
}

/** Of an array of one axis. */
function numbersOf(value: Value | undefined): number[] | undefined {
  const content = value instanceof NumpyArray ? value.content : undefined;
  if (content?.shape.length !== 1) return undefined;
  const read = elementReader(content.dtype, content.bytes);
  return Array.from({ length: content.bytes.length / BYTES_PER_ELEMENT[content.dtype] }, (_, at) => read(at));
}

function notABatch({ title, labels }: CifarFormat, file: string, found: string): InputError {
  const keys = ['data', ...labels.map(({ key }) => key)];
  return new InputError(`not a batch of ${title}’s Python version`, {
    file,
    found,
    expected: `a dict with ${keys.join(', ')}`,
  });
}
