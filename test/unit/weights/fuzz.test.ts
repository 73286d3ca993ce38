/**
 * Each reader of files that come from outside, given files that were good before something happened to them: it reads
 * them, or refuses them with a reason, and does nothing else. For longer than the two seconds of `npm test`:
 *
 *     EPOCHLENS_FUZZ_SECONDS=600 EPOCHLENS_FUZZ_SEED=7 npx vitest run test/unit/weights/fuzz.test.ts
 */
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/common/errors';
import { createRandom, type Random } from '../../../src/common/random';
import { parseWeights } from '../../../src/weights/parse';
import { serialiseSafetensors } from '../../../src/weights/safetensors';
import { bytesOf, legacyFile, NUMBERS, PROTO, stateDict, STOP, tensor, text, torchZip } from './builders';

const SECONDS = Number(process.env['EPOCHLENS_FUZZ_SECONDS'] ?? 2);
const SEED = Number(process.env['EPOCHLENS_FUZZ_SEED'] ?? 1);

const checkpoint = bytesOf(
  ...[PROTO, '}(', text('epoch'), 'K\x05', text('acc'), 'G', Buffer.alloc(8, 0x40)],
  ...[text('args'), 'cargparse\nNamespace\n)\x81}', text('lr'), 'K\x01', 'sb', text('state_dict'), '}('],
  ...[text('module.a.weight'), tensor(), text('module.b.bias'), tensor({ shape: [2n], strides: [2n], offset: 1n })],
  ...['u', text('size'), 'ctorch\nSize\nK\x03K\x04\x86\x85R', 'u', STOP],
);
const tensors = [
  { name: 'a.weight', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
  { name: 'b.bias', shape: [3], data: Float32Array.of(5, 6, 7) },
  { name: 'n', shape: [], data: BigInt64Array.of(7n) },
];

const READERS: readonly (readonly [name: string, good: readonly Buffer[]])[] = [
  ['safetensors', [Buffer.from(serialiseSafetensors(tensors, { epoch: '3' }))]],
  ['pickle', [legacyFile(checkpoint, [['0', NUMBERS]]), legacyFile(stateDict(tensor()), [['0', NUMBERS]])]],
  ['zip', [torchZip(checkpoint), torchZip(stateDict(tensor()))]],
];

/** What happens to files: bits flip, parts are lost, doubled, or those of others, and lengths are what they should not be. */
const CHANGES: readonly ((file: Buffer, random: Random, others: readonly Buffer[]) => Buffer)[] = [
  (file, random) => withByte(file, at(file, random), random.integer(256)),
  (file, random) => {
    const place = at(file, random);
    return withByte(file, place, (file[place] ?? 0) ^ (1 << random.integer(8)));
  },
  (file, random) => file.subarray(0, at(file, random)),
  (file, random) => Buffer.concat([file.subarray(0, at(file, random)), file.subarray(at(file, random))]),
  (file, random, others) => {
    const other = others[random.integer(others.length)] ?? file;
    return Buffer.concat([file.subarray(0, at(file, random)), other.subarray(at(other, random))]);
  },
  (file, random) => {
    const place = at(file, random);
    const extreme = [0x00, 0x7f, 0x80, 0xff][random.integer(4)] ?? 0;
    return Buffer.concat([
      file.subarray(0, place),
      Buffer.alloc(1 + random.integer(8), extreme),
      file.subarray(place + 8),
    ]);
  },
];

function at(file: Buffer, random: Random): number {
  return random.integer(Math.max(1, file.length));
}

function withByte(file: Buffer, place: number, value: number): Buffer {
  const changed = Buffer.from(file);
  changed[place] = value;
  return changed;
}

/** Whether it was read. */
async function read(file: Buffer): Promise<boolean> {
  try {
    const { dicts } = await parseWeights(file, 'w');
    for (const { shape, data } of dicts.flatMap(({ tensors: found }) => [...found.values()])) {
      expect(data.length).toBe(shape.reduce((a, b) => a * b, 1));
    }
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

describe('changed at random, a file is read or refused', () => {
  it.each(READERS)('%s', { timeout: 1000 * SECONDS + 60_000 }, async (name, good) => {
    const end = Date.now() + 1000 * SECONDS;
    const others = READERS.flatMap(([, files]) => files);
    for (const file of good) expect(await read(file)).toBe(true);
    let refused = 0;
    let count = 0;
    for (; Date.now() < end; count++) {
      const random = createRandom('fuzz', SEED, name, count);
      let file = good[random.integer(good.length)] ?? Buffer.alloc(0);
      for (let changes = 1 + random.integer(4); changes > 0; changes--) {
        file = CHANGES[random.integer(CHANGES.length)]?.(file, random, others) ?? file;
      }
      try {
        refused += (await read(file)) ? 0 : 1;
      } catch (error) {
        throw new Error(`case ${count} of seed ${SEED}, ${name}: ${file.toString('base64')}`, { cause: error });
      }
    }
    console.log(`${name}: ${count} files, ${refused} of them refused`);
    expect(refused).toBeGreaterThan(0);
  });
});
