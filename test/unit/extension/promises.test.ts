/** The page of promises names tests that there are. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const page = readFileSync(join(root, 'media', 'docs', 'promises.md'), 'utf8').replace(/\s+/g, ' ');

/** A file, and the tests that are named after it up to the next file. */
const named = page
  .split(/(?=`[\w/.-]+\.(?:test\.)?ts`)/)
  .slice(1)
  .map((part) => ({
    file: /^`([^`]+)`/.exec(part)?.[1] ?? '',
    tests: [...(/^`[^`]+`: ((?:_[^_]+_(?:, | and )?)+)/.exec(part)?.[1] ?? '').matchAll(/_([^_]+)_/g)].map(
      ([, words]) => words ?? '',
    ),
  }));

test('every file and every test that it names is there', () => {
  expect(named.length).toBeGreaterThan(15);
  for (const { file, tests } of named) {
    const path = join(root, 'test', file);
    expect(existsSync(path), file).toBe(true);
    const text = readFileSync(path, 'utf8');
    for (const words of tests) expect(text.includes(words), `${file}: ${words}`).toBe(true);
  }
});
