/**
 * Seeded random numbers. Every draw of the program comes from here, and every generator from a key that says what it
 * is for (`createRandom('order', seed, epoch)`), so that a draw depends on nothing that was drawn before it elsewhere.
 */
import { crc32 } from './crc32';

/** The text's checksum. */
function seedOf(text: string): number {
  return crc32(new TextEncoder().encode(text));
}

/** Tommy Ettinger's mulberry32: a generator of whole numbers 0 … 2³² − 1 from one 32-bit state. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** Chris Doty-Humphrey's sfc32: 128 bits of state, so that streams of different keys do not run into each other. */
function sfc32(a: number, b: number, c: number, counter: number): () => number {
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
}

/**
 * `count` numbers in [0, 1) by mulberry32 seeded with the CRC-32 of the name: a stream that any language can repeat,
 * used where values must be the same elsewhere. Float64, multiples of 2⁻³².
 */
export function uniform(name: string, count: number): Float64Array {
  const next = mulberry32(seedOf(name));
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = next() / 2 ** 32;
  return values;
}

/** A stream of draws. */
export interface Random {
  /** In [low, high), by default [0, 1). */
  uniform(low?: number, high?: number): number;
  /** From the standard normal distribution, by Box and Muller's transform. */
  normal(): number;
  /** The next so many normal draws, sooner than one by one. */
  normals(count: number): Float64Array;
  /** A whole number 0 … count − 1, each as likely. `count` is 1 … 2³². */
  integer(count: number): number;
  /** The numbers 0 … count − 1 in random order, every order as likely (Fisher and Yates). */
  permutation(count: number): Uint32Array;
}

/** The stream that belongs to this key, the same on every machine. `createRandom('a', 1)` equals `createRandom('a/1')`. */
export function createRandom(...key: readonly [string | number, ...(string | number)[]]): Random {
  const seed = mulberry32(seedOf(key.join('/')));
  const next = sfc32(seed(), seed(), seed(), 1);
  const unit = (): number => next() / 2 ** 32;
  const integer = (count: number): number => {
    // Draws past the last whole multiple of `count` are drawn again; taking the remainder would favour small numbers.
    for (;;) {
      const value = next();
      const remainder = value % count;
      if (value - remainder <= 2 ** 32 - count) return remainder;
    }
  };
  return {
    uniform: (low = 0, high = 1) => low + (high - low) * unit(),
    ...boxMuller(unit),
    integer,
    permutation: (count) => fisherYates(count, integer),
  };
}

/** Each pair of uniform draws gives two normal ones. */
function boxMuller(unit: () => number): Pick<Random, 'normal' | 'normals'> {
  let spare: number | undefined;
  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - unit()));
    const angle = 2 * Math.PI * unit();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
  function normals(count: number): Float64Array {
    const values = new Float64Array(count);
    let i = 0;
    if (spare !== undefined && count > 0) values[i++] = normal();
    for (; i + 1 < count; i += 2) {
      const radius = Math.sqrt(-2 * Math.log(1 - unit()));
      const angle = 2 * Math.PI * unit();
      values[i] = radius * Math.cos(angle);
      values[i + 1] = radius * Math.sin(angle);
    }
    if (i < count) values[i] = normal();
    return values;
  }
  return { normal, normals };
}

function fisherYates(count: number, integer: (count: number) => number): Uint32Array {
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  for (let last = count - 1; last > 0; last--) {
    const other = integer(last + 1);
    const value = order[last] as number;
    order[last] = order[other] as number;
    order[other] = value;
  }
  return order;
}
