/** Texts and colour profiles of a PNG, which may be compressed. */
import { inflateSync } from 'node:zlib';
import { Undecodable } from '../undecodable';

export interface TextChunk {
  readonly key: string;
  readonly value: Uint8Array;
}

/** More text than this in one chunk is refused, as by Pillow: little data can stand for very much. */
const MOST_TEXT_BYTES = 2 ** 20;

/** @returns undefined of other chunks, and of texts that cannot be read. @throws Undecodable */
export function readText(name: string, content: Uint8Array): TextChunk | undefined {
  switch (name) {
    case 'tEXt': {
      const [key, value] = splitAtNull(content);
      return { key: latin(key), value };
    }
    case 'zTXt': {
      const [key, rest] = splitAtNull(content);
      if ((rest[0] ?? 0) !== 0) throw new Undecodable('a text that is compressed in an unknown way');
      return { key: latin(key), value: inflated(rest.subarray(1)) ?? new Uint8Array() };
    }
    case 'iTXt':
      return internationalText(content);
    default:
      return undefined;
  }
}

/** Key, whether compressed, how, language, translated key, text. */
function internationalText(content: Uint8Array): TextChunk | undefined {
  const [key, rest] = splitAtNull(content);
  const [compressed, method] = [rest[0], rest[1]];
  const [, afterLanguage] = splitAtNull(rest.subarray(2));
  const [, text] = splitAtNull(afterLanguage);
  if (compressed === 0) return { key: latin(key), value: text };
  const value = method === 0 ? inflated(text) : undefined;
  return value && { key: latin(key), value };
}

/**
 * Of all texts of a file, for the same reason.
 * @returns a function that counts a text in, and throws Undecodable where there are more
 */
export function createTextLimit(): (bytes: number) => void {
  let left = MOST_TEXT_BYTES * 64;
  return (bytes) => {
    left -= bytes;
    if (left < 0) throw new Undecodable('texts of more than 64 megabytes');
  };
}

/**
 * A profile is not used, but one whose way of compression is not known, or that ends before it, refuses the file.
 * @returns its bytes
 */
export function checkProfile(content: Uint8Array): number {
  // Without a name's end, what Pillow takes for the method is the first byte.
  const method = content[content.indexOf(0) + 1];
  if (method !== 0) throw new Undecodable('a colour profile that is compressed in an unknown way');
  return inflated(content.subarray(content.indexOf(0) + 2))?.length ?? 0;
}

/** @returns undefined where it is no zlib stream. @throws Undecodable where it holds more than a text may */
function inflated(data: Uint8Array): Uint8Array | undefined {
  try {
    return inflateSync(data, { maxOutputLength: MOST_TEXT_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw new Undecodable('a text or colour profile of more than a megabyte', error);
  }
}

/** The second part is empty where there is no null byte. */
function splitAtNull(content: Uint8Array): [Uint8Array, Uint8Array] {
  const end = content.indexOf(0);
  return end < 0 ? [content, new Uint8Array()] : [content.subarray(0, end), content.subarray(end + 1)];
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
