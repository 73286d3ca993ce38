/** Files of every kind, damaged at random and given to the command line: a message of few plain words, or an answer. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../src/common/random';
import { epochlens, succeed, temporaryFolder, TINY, writeStudy } from './cli';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const TIMES = Number(process.env['EPOCHLENS_DAMAGE_TIMES'] ?? 3);
const SEED = Number(process.env['EPOCHLENS_DAMAGE_SEED'] ?? 1);
/** Names of classes, stacks, and what the libraries say that read these formats. */
const FOREIGN =
  /\b(?:Work|Input|Type|Range|Syntax|Reference|Zod)?Error\b|\n\s+at |\.js:\d|defect of this program|while decompressing|central directory|Unexpected token|is not valid JSON|incorrect header|invalid (?:block|distance|stored|code)|huffman|\bSOI\b|CRC mismatch|Invalid input|expected string, received|undefined|\[object/;

let folder: string;
let run: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  run = join(folder, 'run');
  const study = await writeStudy(folder, { ...TINY, training: { epochs: 0 } });
  await succeed(['train', study, '--engine', 'wasm', '--run', run]);
});

function damaged(file: Buffer, random: Random): Buffer {
  const at = random.integer(file.length);
  switch (random.integer(4)) {
    case 0:
      return file.subarray(0, at);
    case 1:
      return Buffer.concat([file.subarray(0, at), Buffer.from(deflateSync('x')), file.subarray(at)]);
    case 2:
      return Buffer.concat([file.subarray(0, at), file.subarray(at + 1 + random.integer(50))]);
    default: {
      const changed = Buffer.from(file);
      for (let i = 0; i < 8; i++) changed[random.integer(Math.min(file.length, 2000))] = random.integer(256);
      return changed;
    }
  }
}

async function answered(args: readonly string[], name: string, what: string): Promise<void> {
  const { code, stderr } = await epochlens(args);
  const message = stderr.split('\n').filter((line) => line.startsWith('epochlens: ')).join('\n'); // prettier-ignore
  expect([0, 1, 2], what).toContain(code);
  expect(stderr, what).not.toMatch(FOREIGN);
  expect(stderr.length, what).toBeLessThan(4000);
  if (code === 0) return;
  expect(message, what).toContain(name);
  const [, found, expected] = /found (.*), expected (.*?)(?:\. | \(|$)/.exec(message) ?? [];
  expect(found ?? 'one', what).not.toBe(expected);
}

describe('a damaged file', () => {
  const files: [name: string, source: () => string, args: (path: string) => string[]][] = [
    ['a.png', () => join(fixtures, 'images', 'rgb.png'), (path) => ['explain', run, path, '--engine', 'wasm']],
    ['a.jpg', () => join(fixtures, 'images', 'baseline.jpg'), (path) => ['explain', run, path, '--engine', 'wasm']],
    ['a.webp', () => join(fixtures, 'images', 'lossy.webp'), (path) => ['explain', run, path, '--engine', 'wasm']],
    ['w.pth', () => join(fixtures, 'weights', 'resnet20-e03.pth'), (path) => ['import', path, '--inspect']],
    [
      'w.safetensors',
      () => join(run, 'checkpoints', 'epoch-000.safetensors'),
      (path) => ['explain', '--weights', path, '--architecture', 'resnet20', join(fixtures, 'images', 'rgb.png'), '--engine', 'wasm'], // prettier-ignore
    ],
    ['s.epochlens.json', () => join(folder, 'tiny.epochlens.json'), (path) => ['fetch', path]],
    ['run.json', () => join(run, 'run.json'), () => ['explain', run, '--engine', 'wasm']],
  ];

  it.each(files)('%s', async (name, source, args) => {
    const good = await readFile(source());
    const path = name === 'run.json' ? source() : join(folder, name);
    try {
      for (let time = 0; time < TIMES; time++) {
        await writeFile(path, damaged(good, createRandom('damaged', SEED, name, time)));
        await answered(args(path), name, `${name}, seed ${SEED}, time ${time}`);
      }
    } finally {
      await writeFile(path, good);
    }
  });
});
