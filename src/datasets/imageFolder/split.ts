/** Which pictures become test images where no folder says so. */
import { crc32 } from '../../common/crc32';
import { byCodePoint } from './codePoints';
import type { FolderSettings } from './schema';
import type { ByClass } from './sets';

/**
 * Stratified: of each class `testFraction`, rounded, but at least one picture stays on either side where there are two.
 * Pictures are ranked by a hash of the seed and their path, so that one that is added or removed leaves the others where
 * they are, but for one of its class at most.
 */
export function chooseTest(
  all: ByClass,
  { testFraction, seed }: Pick<FolderSettings, 'testFraction' | 'seed'>,
): { train: ByClass; test: ByClass } {
  const [train, test] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const [name, files] of all) {
    const chosen = new Set(ranked(files, seed).slice(0, countOf(files.length, testFraction)));
    train.set(
      name,
      files.filter((path) => !chosen.has(path)),
    );
    test.set(
      name,
      files.filter((path) => chosen.has(path)),
    );
  }
  return { train, test };
}

function countOf(count: number, fraction: number): number {
  const rounded = Math.round(count * fraction);
  if (fraction === 0 || fraction === 1 || count < 2) return rounded;
  return Math.min(Math.max(rounded, 1), count - 1);
}

function ranked(files: readonly string[], seed: number): string[] {
  const text = new TextEncoder();
  const hashes = files.map((path) => ({ path, hash: mixed(crc32(text.encode(`${seed}/${path}`))) }));
  return hashes.sort((a, b) => a.hash - b.hash || byCodePoint(a.path, b.path)).map(({ path }) => path);
}

/** MurmurHash3's finaliser: paths that differ in a digit have checksums that differ in few bits. */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
