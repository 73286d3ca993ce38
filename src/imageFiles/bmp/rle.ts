/** Run-length encoded bitmaps of 4 and 8 bits, as Pillow's own code decodes them. */
import { Truncated, type Bytes } from '../bytes';

/**
 * @param start where the codes start
 * @returns an index for each pixel, in the order in which rows are stored; places jumped over are 0
 * @throws Truncated where there are too few
 */
export function unpackRuns(bytes: Bytes, start: number, header: { width: number; height: number; nibbles: boolean }) {
  const { width, height, nibbles } = header;
  const indices = new Uint8Array(width * height);
  let done = 0;
  let x = 0;
  let at = start;
  const put = (index: number): void => {
    if (done < indices.length) indices[done] = index;
    done++;
  };
  while (done < indices.length) {
    const [count, value] = [bytes.u8(at), bytes.u8(at + 1)];
    at += 2;
    if (count > 0) {
      const fitting = Math.max(0, Math.min(count, width - x));
      for (let i = 0; i < fitting; i++) put(nibbles ? nibble(value, i) : value);
      x += fitting;
    } else if (value === END_OF_LINE) {
      done = Math.ceil(done / width) * width;
      x = 0;
    } else if (value === END_OF_BITMAP) {
      throw new Truncated();
    } else if (value === JUMP) {
      done += bytes.u8(at) + bytes.u8(at + 1) * width;
      x = done % width;
      at += 2;
    } else {
      const length = nibbles ? value >> 1 : value;
      const literal = bytes.slice(at, length);
      for (const byte of literal) {
        if (nibbles) put(byte >> 4);
        put(nibbles ? byte & 15 : byte);
      }
      x += value;
      at += length;
      // Codes start at even places of the file.
      at += at % 2;
    }
  }
  return indices;
}

const END_OF_LINE = 0;
const END_OF_BITMAP = 1;
const JUMP = 2;

/** The high one first. */
function nibble(byte: number, i: number): number {
  return i % 2 === 0 ? byte >> 4 : byte & 15;
}
