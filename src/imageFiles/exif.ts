/** Which way up a picture is: from its EXIF data (a TIFF directory), or its XMP text, as Pillow's `exif_transpose`. */
import { bytesOf, Truncated, type Bytes } from './bytes';

/** What a file holds about itself beside its pixels. */
export interface PictureMetadata {
  readonly exif?: Uint8Array | undefined;
  readonly xmp?: Uint8Array | undefined;
}

const ORIENTATION_TAG = 0x0112;
const PREFIX = 'Exif\0\0';

/** Bytes of the whole numbers that TIFF has, by its number for the type. */
const INTEGER_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 6: 1, 8: 2, 9: 4 };

/** @returns 1 (upright) … 8. EXIF goes before XMP. Damaged data says nothing: the picture is shown as it is stored. */
export function orientationOf({ exif, xmp }: PictureMetadata): number {
  const orientation = (exif && exifOrientation(exif)) ?? (xmp && xmpOrientation(xmp)) ?? 1;
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

/** @returns undefined where the data has no such tag or is damaged */
function exifOrientation(data: Uint8Array): number | undefined {
  let tiff = data;
  while (Buffer.from(tiff.subarray(0, PREFIX.length)).toString('latin1') === PREFIX) {
    tiff = tiff.subarray(PREFIX.length);
  }
  try {
    return directoryOrientation(bytesOf(tiff));
  } catch (error) {
    if (error instanceof Truncated) return undefined;
    throw error;
  }
}

function directoryOrientation(tiff: Bytes): number | undefined {
  const order = tiff.text(0, 2);
  if (order !== 'II' && order !== 'MM') return undefined;
  const littleEndian = order === 'II';
  const directory = tiff.u32(4, littleEndian);
  const count = tiff.u16(directory, littleEndian);
  let orientation: number | undefined;
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + 12 * i;
    // Entries before a cut are read.
    if (entry + 12 > tiff.length) return orientation;
    if (tiff.u16(entry, littleEndian) === ORIENTATION_TAG) orientation = entryValue(tiff, entry, littleEndian);
  }
  return orientation;
}

/** The first value of a directory's entry; undefined of texts, fractions and values out of reach. */
function entryValue(tiff: Bytes, entry: number, littleEndian: boolean): number | undefined {
  const bytes = INTEGER_BYTES[tiff.u16(entry + 2, littleEndian)];
  const count = tiff.u32(entry + 4, littleEndian);
  if (bytes === undefined || count === 0) return undefined;
  const at = bytes * count <= 4 ? entry + 8 : tiff.u32(entry + 8, littleEndian);
  if (at + bytes * count > tiff.length) return undefined;
  if (bytes === 1) return tiff.u8(at);
  return bytes === 2 ? tiff.u16(at, littleEndian) : tiff.u32(at, littleEndian);
}

/** The first mention of TIFF's orientation, as an attribute or as an element. */
function xmpOrientation(text: Uint8Array): number | undefined {
  const [, digit] = /tiff:Orientation(?:="|>)([0-9])/.exec(Buffer.from(text).toString('latin1')) ?? [];
  return digit === undefined ? undefined : Number(digit);
}
