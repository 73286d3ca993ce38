/** What a picture's first bytes say it is; a file's name may say anything. */

export type ImageFormat = 'PNG' | 'JPEG' | 'GIF' | 'BMP' | 'WebP';

export const READ_FORMATS = 'a PNG, JPEG, GIF, BMP or WebP image';

/** @returns undefined where it is none of those that are read */
export function formatOf(data: Uint8Array): ImageFormat | undefined {
  const start = latin(data, 0, 12);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (start.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'GIF';
  if (start.startsWith('BM')) return 'BMP';
  if (start.startsWith('RIFF') && start.slice(8) === 'WEBP') return 'WebP';
  return undefined;
}

interface UnreadFormat {
  readonly name: string;
  /** Where its signature stands; 0 where it is left out. */
  readonly at?: number;
  readonly signatures: readonly string[];
}

/** Formats that are known by their signature and not read. */
const UNREAD: readonly UnreadFormat[] = [
  { name: 'TIFF', signatures: ['II\x2a\0', 'MM\0\x2a', 'II\x2b\0', 'MM\0\x2b'] },
  { name: 'AVIF', at: 4, signatures: ['ftypavif', 'ftypavis'] },
  { name: 'HEIC', at: 4, signatures: ['ftypheic', 'ftypheix', 'ftypheim', 'ftypheis', 'ftyphevc', 'ftyphevx'] },
  { name: 'HEIF', at: 4, signatures: ['ftypmif1', 'ftypmsf1', 'ftypmiaf'] },
  { name: 'JPEG 2000', signatures: ['\0\0\0\x0cjP  \r\n\x87\n', '\xff\x4f\xff\x51'] },
  { name: 'JPEG XL', signatures: ['\xff\x0a', '\0\0\0\x0cJXL \r\n\x87\n'] },
  { name: 'JPEG XR', signatures: ['II\xbc'] },
  { name: 'MNG', signatures: ['\x8aMNG'] },
  { name: 'JNG', signatures: ['\x8bJNG'] },
  { name: 'ICO', signatures: ['\0\0\x01\0'] },
  { name: 'CUR', signatures: ['\0\0\x02\0'] },
  { name: 'ICNS', signatures: ['icns'] },
  { name: 'PSD', signatures: ['8BPS'] },
  { name: 'XCF', signatures: ['gimp xcf'] },
  { name: 'PBM', signatures: ['P1', 'P4'] },
  { name: 'PGM', signatures: ['P2', 'P5'] },
  { name: 'PPM', signatures: ['P3', 'P6'] },
  { name: 'PAM', signatures: ['P7'] },
  { name: 'PFM', signatures: ['Pf', 'PF'] },
  { name: 'OpenEXR', signatures: ['\x76\x2f\x31\x01'] },
  { name: 'Radiance HDR', signatures: ['#?RADIANCE', '#?RGBE'] },
  { name: 'DDS', signatures: ['DDS '] },
  { name: 'QOI', signatures: ['qoif'] },
  { name: 'SGI', signatures: ['\x01\xda'] },
  { name: 'Sun raster', signatures: ['\x59\xa6\x6a\x95'] },
  { name: 'FLIF', signatures: ['FLIF'] },
  { name: 'BPG', signatures: ['BPG\xfb'] },
  { name: 'DICOM', at: 128, signatures: ['DICM'] },
  { name: 'FITS', signatures: ['SIMPLE  ='] },
  { name: 'XPM', signatures: ['/* XPM'] },
  { name: 'PDF', signatures: ['%PDF'] },
  { name: 'EPS', signatures: ['%!PS', '\xc5\xd0\xd3\xc6'] },
  { name: 'WMF', signatures: ['\xd7\xcd\xc6\x9a'] },
];

/** How far into a file SVG's first element is looked for. */
const SVG_BYTES = 4096;

/** "TIFF", …; undefined where the format is not known at all */
export function unreadFormatOf(data: Uint8Array): string | undefined {
  const known = UNREAD.find(({ at = 0, signatures }) =>
    signatures.some((signature) => latin(data, at, signature.length) === signature),
  );
  if (known !== undefined) return known.name;
  const text = latin(data, 0, SVG_BYTES);
  return /^[^\0]*<svg[\s>]/i.test(text) ? 'SVG' : undefined;
}

/** One character a byte. */
function latin(data: Uint8Array, at: number, length: number): string {
  return Buffer.from(data.subarray(at, at + length)).toString('latin1');
}
