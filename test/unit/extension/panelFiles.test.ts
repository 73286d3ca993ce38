/** The files that a panel is made of, by the name that its kind has. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(root, 'src', 'extension');

/** The names of panels: of `PanelFrame.name`. */
const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .flatMap((text) => [...text.matchAll(/viewType: PANELS\.\w+,\s*name: '(\w+)'/g)].map(([, name]) => name ?? ''));

test('every panel has a page and icons of its name', () => {
  const isPage = (name: string): boolean =>
    ['main.ts', 'main.tsx'].some((file) => existsSync(join(root, 'webview', name, file)));
  // A report is its own page.
  expect(names.filter((name) => name !== 'report').sort()).toEqual(readdirSync(join(root, 'webview')).filter(isPage));
  for (const name of names)
    for (const theme of ['light', 'dark'])
      expect(existsSync(join(root, 'media', `${name}-${theme}.svg`)), name).toBe(true);
});
