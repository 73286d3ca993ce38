/**
 * The header of NumPy's `.npy` files, versions 1 to 3 (numpy.lib.format; NEP 1): a magic, a version, a length, and a Python
 * dict as text, of which the three fields are read by their grammar. Nothing in it is evaluated.
 */
import { InputError } from '../../common/errors';

/** How one element is stored: its kind, its width, and the order of its bytes. */
export interface ElementType {
  /** 'u' and 'i' are integers without and with a sign, 'b' booleans, 'f' floating point. */
  readonly kind: 'u' | 'i' | 'b' | 'f';
  readonly bytes: number;
  readonly isBigEndian: boolean;
}

export interface NpyHeader {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Whether the first axis varies fastest, as of Fortran's arrays; false of arrays of one axis, which lie alike. */
  readonly isFortran: boolean;
  /** Where the elements begin. */
  readonly start: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy itself reads no longer one from a file that it has no reason to trust. */
const MOST_TEXT = 10_000;
/** NumPy has no array of more. */
const MOST_AXES = 64;

/** A header's longest: what of a file is to be read for it. */
export const MOST_HEADER_BYTES = 12 + MOST_TEXT;

const ITEM = String.raw`'(\w+)'\s*:\s*('[^'\\]*'|True|False|\(\s*(?:\d{1,20}L?\s*,\s*)*(?:\d{1,20}L?\s*)?\)|\[|\()`;

/** @param bytes the file's first, as many as it has of `MOST_HEADER_BYTES` @throws InputError where they are no header */
export function parseNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const { text, start } = headerText(bytes, file);
  const fields = fieldsOf(text, file);
  const shape = shapeOf(fields.shape, file);
  const isByColumns = fields.fortran_order === 'True';
  return { type: typeOf(fields.descr, file), shape, isFortran: isByColumns && shape.length > 1, start };
}

function headerText(bytes: Uint8Array, file: string): { text: string; start: number } {
  if (!MAGIC.every((byte, at) => bytes[at] === byte)) {
    const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
    throw new InputError('not an .npy file', {
      file,
      found: isZip ? 'a zip archive, such as an .npz file' : 'other bytes',
      expected: 'what numpy.save writes',
      ...(isZip ? { advice: 'Save each array of it by numpy.save.' } : {}),
    });
  }
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3)
    throw damaged(file, `version ${version}.${bytes[7] ?? 0} of the format`, 'version 1, 2 or 3');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const before = version === 1 ? 10 : 12;
  if (bytes.length < before) throw damaged(file, `${bytes.length} bytes`, 'a header');
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MOST_TEXT) throw damaged(file, `a header of ${length} bytes`, `at most ${MOST_TEXT}`);
  const start = before + length;
  if (start > bytes.length) throw damaged(file, `${bytes.length} bytes`, `a header of ${start} bytes`);
  const text = Buffer.from(bytes.subarray(before, start)).toString(version === 3 ? 'utf8' : 'latin1');
  return { text, start };
}

const NAMES = ['descr', 'fortran_order', 'shape'] as const;
type Fields = Record<(typeof NAMES)[number], string>;

/** The dict's three fields as they are written, each once and no other. */
function fieldsOf(text: string, file: string): Fields {
  const body = /^\{([^]*)\}\s*$/.exec(text)?.[1];
  const fields = new Map<string, string>();
  const item = new RegExp(`\\s*${ITEM}\\s*(?:,|$)\\s*`, 'y');
  while (body !== undefined && item.lastIndex < body.length) {
    const [, name, value] = item.exec(body) ?? [];
    if (name === undefined || value === undefined || fields.has(name)) break;
    fields.set(name, value);
    if (item.lastIndex === body.length) return wholeFields(fields, text, file);
  }
  const isStructured = /'descr'\s*:\s*[[(]/.test(text);
  if (isStructured) throw unreadableElements(file, 'records of several fields');
  throw damaged(file, text.trim(), EXPECTED);
}

const EXPECTED = "a dict such as {'descr': '|u1', 'fortran_order': False, 'shape': (10000, 32, 32, 3)}";

function wholeFields(fields: ReadonlyMap<string, string>, text: string, file: string): Fields {
  const [descr, order, shape] = NAMES.map((name) => fields.get(name) ?? '') as [string, string, string];
  const isWhole =
    fields.size === NAMES.length && descr.startsWith("'") && /^(True|False)$/.test(order) && /^\(.*\)$/s.test(shape);
  if (!isWhole) throw damaged(file, text.trim(), EXPECTED);
  return { descr: descr.slice(1, -1), fortran_order: order, shape };
}

/** Python 2 writes an L behind a long number. A tuple of one has a comma, and `(5)` is a number. */
function shapeOf(text: string, file: string): number[] {
  const shape = (text.match(/\d+/g) ?? []).map(Number);
  const size = shape.reduce((product, length) => product * length, 1);
  const isTuple = shape.length !== 1 || text.includes(',');
  if (isTuple && shape.length <= MOST_AXES && shape.every(Number.isSafeInteger) && Number.isSafeInteger(size))
    return shape;
  throw damaged(file, `the shape ${text}`, 'the lengths of the axes');
}

function typeOf(descr: string, file: string): ElementType {
  const [, order = '', kind = '', width = ''] = /^([<>|=])?([a-zA-Z?])(\d*)/.exec(descr) ?? [];
  if (/^[<>|=]?(u[1248]|i[1248]|b1|f[248])$/.test(descr))
    return { kind: kind as ElementType['kind'], bytes: Number(width), isBigEndian: order === '>' };
  if (kind === 'O') throw unreadableElements(file, 'pickled Python objects');
  throw unreadableElements(file, `elements of type ${JSON.stringify(descr)}`);
}

function unreadableElements(file: string, found: string): InputError {
  return new InputError('the elements cannot be read', {
    file,
    found,
    expected: 'integers or floating-point numbers',
    advice: 'Convert the array before it is saved, as by numpy.asarray(x, dtype=numpy.uint8).',
  });
}

function damaged(file: string, found: string, expected: string): InputError {
  return new InputError('the .npy header is damaged', { file, found, expected });
}

/** "uint8", as NumPy calls it. */
export function typeName({ kind, bytes, isBigEndian }: ElementType): string {
  const name = { u: 'uint', i: 'int', b: 'bool', f: 'float' }[kind];
  return `${kind === 'b' ? name : `${name}${8 * bytes}`}${isBigEndian && bytes > 1 ? ', big-endian' : ''}`;
}

/** "uint8 of shape [10000, 32, 32, 3]" */
export function describeArray({ type, shape, isFortran }: NpyHeader): string {
  return `${typeName(type)} of shape [${shape.join(', ')}]${isFortran ? ' in Fortran order' : ''}`;
}
