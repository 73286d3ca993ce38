/** How a picture of ours differs from Pillow's. */
import { readFile } from 'node:fs/promises';
import { isReportedError } from '../../src/common/errors';
import { decodeImageFile } from '../../src/imageFiles';
import { type RgbImage } from '../../src/imaging';
import { formatOf, unreadFormatOf } from '../../src/imageFiles/format';
import type { Pillow } from './pillow';

/** `refused by us` and `refused by Pillow`: by one of the two. `not read`: of a format that we name and do not read. */
export const OUTCOMES = [
  'equal',
  'one level',
  'differs',
  'refused by both',
  'refused by us',
  'refused by Pillow',
  'not read',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What counts as a fault. */
export const FAULTS: readonly Outcome[] = ['differs', 'refused by us', 'refused by Pillow'];

export interface Comparison {
  readonly path: string;
  /** By its first bytes. */
  readonly format: string;
  readonly outcome: Outcome;
  /** What differs, or what was said on refusing. */
  readonly detail: string;
}

export async function compare(path: string, pillow: Pillow): Promise<Comparison> {
  const start = (await readFile(path)).subarray(0, 4096);
  const known = formatOf(start);
  const format = known ?? unreadFormatOf(start) ?? 'unknown';
  const theirs = await pillow.read(path);
  const ours = await readOurs(path);
  return { path, format, ...judge(ours, theirs, known === undefined) };
}

type Read = { readonly image: RgbImage } | { readonly error: string };

async function readOurs(path: string): Promise<Read> {
  try {
    return { image: await decodeImageFile(path) };
  } catch (error) {
    if (!isReportedError(error)) throw error;
    return { error: error.message };
  }
}

function judge(ours: Read, theirs: Read, unread: boolean): Pick<Comparison, 'outcome' | 'detail'> {
  if ('error' in ours) {
    if ('error' in theirs) return { outcome: 'refused by both', detail: `${ours.error}; Pillow: ${theirs.error}` };
    return { outcome: unread ? 'not read' : 'refused by us', detail: ours.error };
  }
  if ('error' in theirs) return { outcome: 'refused by Pillow', detail: theirs.error };
  const [a, b] = [ours.image, theirs.image];
  if (a.width !== b.width || a.height !== b.height) {
    return { outcome: 'differs', detail: `${a.width}×${a.height}, Pillow ${b.width}×${b.height}` };
  }
  const largest = largestDifference(a.pixels, b.pixels);
  if (largest === 0) return { outcome: 'equal', detail: '' };
  return { outcome: largest === 1 ? 'one level' : 'differs', detail: `by ${largest} of 255` };
}

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs((a[i] as number) - (b[i] as number)));
  return largest;
}
