import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { IMAGE_EXTENSIONS } from '../../../src/imageFiles/extensions';

it('every menu of package.json that asks for image files has the extensions that are read', () => {
  const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  // Those that ask for weights have lists of their own.
  const lists = [...manifest.matchAll(/resourceExtname =~ \/\^\\\\\.\((.+?)\)\$\/i/g)]
    .map(([, list]) => list)
    .filter((list) => list?.includes('png'));
  expect(lists.length).toBeGreaterThan(5);
  for (const list of lists) expect(list).toBe(IMAGE_EXTENSIONS.join('|'));
});
