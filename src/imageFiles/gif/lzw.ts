/** GIF's compression: LZW with codes of up to 12 bits (specification 89a, appendix F). */
import { Truncated } from '../bytes';
import { Undecodable } from '../undecodable';

const MAX_BITS = 12;

/**
 * Every new code stands for the previous code's indices and the one that follows them. Those lie side by side in the
 * output already, so that a code is a place and a length there.
 *
 * @param rootBits an index's bits: codes below 2^rootBits stand for themselves, then come "clear" and "end"
 * @returns `count` indices
 * @throws Truncated, or Undecodable for codes that cannot be
 */
export function unpackCodes(data: Uint8Array, rootBits: number, count: number): Uint8Array {
  if (rootBits > MAX_BITS) throw new Undecodable(`codes of ${rootBits} bits`);
  const clear = 1 << rootBits;
  const readCode = codeReader(data);
  const starts = new Int32Array(1 << MAX_BITS);
  const lengths = new Int32Array(1 << MAX_BITS);
  const indices = new Uint8Array(count);
  let bits = rootBits + 1;
  let next = clear + 2;
  let previousLength = 0;
  for (let done = 0; done < count;) {
    const code = readCode(bits);
    if (code === clear + 1) throw new Truncated();
    if (code === clear) {
      [bits, next, previousLength] = [rootBits + 1, clear + 2, 0];
      continue;
    }
    if (previousLength > 0 && next < 1 << MAX_BITS) {
      starts[next] = done - previousLength;
      lengths[next++] = previousLength + 1;
      if (next === 1 << bits && bits < MAX_BITS) bits++;
    }
    if (code >= next || (previousLength === 0 && code > clear)) throw new Undecodable('a code that is not defined yet');
    previousLength = code < clear ? 1 : Math.min(lengths[code] as number, count - done);
    if (code < clear) indices[done] = code;
    // One by one: the code being defined takes its last index from what this loop writes first.
    else for (let i = 0; i < previousLength; i++) indices[done + i] = indices[(starts[code] as number) + i] as number;
    done += previousLength;
  }
  return indices;
}

/** Reads numbers of so many bits, the lowest first. @throws Truncated */
function codeReader(data: Uint8Array): (bits: number) => number {
  let [buffer, buffered, at] = [0, 0, 0];
  return (bits) => {
    for (; buffered < bits; buffered += 8) {
      if (at === data.length) throw new Truncated();
      buffer |= (data[at++] as number) << buffered;
    }
    const code = buffer & ((1 << bits) - 1);
    buffer >>>= bits;
    buffered -= bits;
    return code;
  };
}
