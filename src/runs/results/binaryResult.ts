/** Results that are bytes: how they lie in a file, and what they say of themselves. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '../../common/canonicalJson';

const CHECKSUM_BYTES = 32;
const LENGTH_BYTES = 4;
/** At the end of a file that says what it was computed from; older ones do not. */
const MARK = Buffer.from('EL-from1', 'latin1');

/** What a result says of itself, beside what it depends on. */
export const aboutResultSchema = z.object({
  /** What computed it: another engine, or version, gives other last digits. */
  by: z.object({ engine: z.string(), version: z.string(), epochlens: z.string() }).exactOptional(),
  /** In how large batches it was computed, and of one image where in its batch: rounding depends on it. */
  batch: z.object({ size: z.int().min(1), place: z.int().min(0).exactOptional() }).exactOptional(),
  /** The images it is of, "test:3", where its inputs have only their hash. */
  images: z.array(z.string()).readonly().exactOptional(),
});
export type AboutResult = z.output<typeof aboutResultSchema>;

const originSchema = z.object({ inputs: z.unknown(), about: aboutResultSchema });
type BinaryOrigin = z.output<typeof originSchema>;

/** The content of a file. */
export function binaryResult(bytes: Uint8Array, origin: BinaryOrigin): Uint8Array {
  const text = Buffer.from(canonicalJson(origin), 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(text.length);
  const content = Buffer.concat([bytes, text, length, MARK]);
  return Buffer.concat([sha256(content), content]);
}

export interface BinaryResult {
  /** A view of the file's content. */
  readonly bytes: Uint8Array;
  /** JSON in UTF-8, for `parseOrigin`; undefined of an older version's. */
  readonly originText: Uint8Array | undefined;
}

/** Undefined where the file is not whole. */
export function parseBinaryResult(file: Uint8Array): BinaryResult | undefined {
  if (file.length < CHECKSUM_BYTES) return undefined;
  const content = file.subarray(CHECKSUM_BYTES);
  if (!sha256(content).equals(file.subarray(0, CHECKSUM_BYTES))) return undefined;
  const textEnd = content.length - MARK.length - LENGTH_BYTES;
  const start = textEnd - textLength(content, textEnd);
  if (!(start >= 0)) return { bytes: content, originText: undefined };
  const originText = content.subarray(start, textEnd);
  return { bytes: content.subarray(0, start), originText };
}

/** NaN where the file does not say what it was computed from. */
function textLength(content: Uint8Array, textEnd: number): number {
  if (textEnd < 0 || !MARK.equals(content.subarray(textEnd + LENGTH_BYTES))) return NaN;
  return new DataView(content.buffer, content.byteOffset, content.byteLength).getUint32(textEnd, true);
}

/**
 * Whether a result was computed from these inputs, as far as it says.
 * @param inputsText their canonical JSON
 */
export function isOfInputs({ originText }: BinaryResult, inputsText: string): boolean {
  if (originText === undefined) return true;
  // Canonical JSON sorts keys: the inputs come last. Bytes are compared, as thousands of files may be read.
  const end = Buffer.from(`"inputs":${inputsText}}`, 'utf8');
  return end.equals(originText.subarray(Math.max(0, originText.length - end.length)));
}

export function parseOrigin(originText: Uint8Array): BinaryOrigin | undefined {
  try {
    return originSchema.parse(JSON.parse(Buffer.from(originText).toString('utf8')));
  } catch {
    return undefined;
  }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
