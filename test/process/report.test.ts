/** The page that `report` writes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { epochlens, succeed, temporaryFolder, TINY, tree, writeStudy } from './cli';
import { parseMarkup, type Element } from '../markup';

describe('report', () => {
  let folder: string;
  let run: string;
  let text: string;
  let page: Element;

  beforeAll(async () => {
    folder = await temporaryFolder();
    run = join(folder, 'run');
    const study = await writeStudy(folder, TINY, 'first-light');
    await succeed(['train', study, '--engine', 'wasm', '--run', run]);
    const stdout = await succeed(['report', run, '--engine', 'wasm', '--json']);
    expect(JSON.parse(stdout)).toEqual({ report: join(run, 'report.html') });
    text = await readFile(join(run, 'report.html'), 'utf8');
    page = parseMarkup(text);
  });

  it('is well-formed, and says what was run', () => {
    expect(text).toMatch(/^<!doctype html>/);
    expect(page.all('h1')[0]?.text()).toBe('first-light');
    expect(page.all('dd').map((element) => element.text())).toContain('run');
    expect(text).toMatch(/After epoch 2 the model gets/);
  });

  it('fetches nothing from elsewhere', () => {
    const addresses = page
      .everything()
      .flatMap(({ attributes }) =>
        ['src', 'href', 'xlink:href', 'srcset', 'action', 'data', 'poster'].flatMap((name) => attributes[name] ?? []),
      );
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter((address) => !/^(?:data:image\/png;base64,|#)/.test(address))).toEqual([]);
    expect(page.all('link')).toEqual([]);
    expect(page.all('iframe')).toEqual([]);
    expect(text.replace(/xmlns(:\w+)?="[^"]*"/g, '')).not.toMatch(/https?:\/\/|@import|url\(\s*["']?(?!#)/);
    expect(page.all('script').map((script) => script.attributes['src'])).toEqual([undefined]);
  });

  it('has a table line an epoch, and a curve each for accuracy and loss', () => {
    const [metrics] = page.all('table');
    const rows = metrics?.all('tr') ?? [];
    expect(rows.map((row) => row.children.length)).toEqual([8, 8, 8, 8]);
    expect(rows.slice(1).map((row) => row.children[0]?.text())).toEqual(['0 (untrained)', '1', '2']);
    expect(page.all('svg')).toHaveLength(2);
  });

  it('has a row an image and a column a checkpoint', () => {
    const grid = page.all('table')[1];
    const [header, ...rows] = grid?.all('tr') ?? [];
    expect(header?.children.map((cell) => cell.text().trim())).toEqual([
      'Image',
      '',
      'Epoch 0(untrained)',
      'Epoch 1',
      'Epoch 2',
    ]);
    expect(rows.map((row) => row.children[0]?.all('#text')[0]?.text().trim())).toEqual(['test:3', 'test:17']);
    for (const row of rows) {
      expect(row.children).toHaveLength(5);
      for (const cell of row.children.slice(2)) {
        const heat = cell.all('img').filter(({ attributes }) => attributes['class'] === 'heat');
        expect(heat.length === 1 || cell.text().includes('flat')).toBe(true);
        expect(cell.text()).toMatch(/[✓✗] [a-z -]+\s+\d+ %/);
      }
    }
  });

  it('goes where --out says, and leaves nothing else', async () => {
    const before = await tree(folder);
    await succeed(['report', run, '--engine', 'wasm', '--out', join(folder, 'page.html')]);
    expect((await tree(folder)).filter((path) => !before.includes(path))).toEqual(['page.html']);
    const { code, stderr } = await epochlens([
      'report',
      run,
      '--engine',
      'wasm',
      '--out',
      join(folder, 'no', 'p.html'),
    ]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/p\.html: could not be written.*folder does not exist/)]);
  });
});
