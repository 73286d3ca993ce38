/** The page that `report` writes. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runPaths } from '../../src/runs';
import { epochlens, launch, succeed, temporaryFolder, TINY, tree, writeStudy } from './cli';
import { parseMarkup, type Element } from '../markup';
import { recomputedReport } from '../recomputedReport';
import { reportFromData, withoutPixels } from '../reportFromData';

const NOISE = { kind: 'gaussianNoise', rounds: 2, images: 10, expect: { accuracy: { min: 100 } } };
const STUDY = { ...TINY, perturbations: [NOISE, { kind: 'rotation', rounds: 4, images: 10 }] };

const words = (element: Element | undefined): string => element?.text().replace(/\s+/g, ' ').trim() ?? '';

describe('report', () => {
  let folder: string;
  let run: string;
  let text: string;
  let page: Element;

  const section = (of: Element, id: string): Element =>
    of.all('section').find(({ attributes }) => attributes['id'] === id)!;
  const absentIn = (of: Element, id: string): string[] =>
    section(of, id)
      .all('p')
      .filter(({ attributes }) => attributes['class'] === 'absent')
      .map((element) => words(element));
  const read = async (path = join(run, 'report.html')): Promise<Element> => parseMarkup(await readFile(path, 'utf8'));

  beforeAll(async () => {
    folder = await temporaryFolder();
    run = join(folder, 'run');
    const study = await writeStudy(folder, STUDY, 'first-light');
    await succeed(['train', study, '--engine', 'wasm', '--run', run]);
    const stdout = await succeed(['report', run, '--engine', 'wasm', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      report: join(run, 'report.html'),
      data: join(run, 'report.json'),
      missing: [],
    });
    text = await readFile(join(run, 'report.html'), 'utf8');
    page = parseMarkup(text);
  });

  it('is well-formed, and says what was run', () => {
    expect(text).toMatch(/^<!doctype html>/);
    expect(page.all('h1')[0]?.text()).toBe('first-light');
    expect(page.all('dd').map((element) => element.text())).toContain('run');
    expect(words(page.all('header')[0])).toMatch(/After epoch 2 the model gets/);
    const hashes = section(page, 'provenance')
      .all('code')
      .map((element) => element.text());
    expect(hashes).toHaveLength(3);
    expect(new Set(hashes.filter((hash) => /^[0-9a-f]{64}$/.test(hash))).size).toBe(3);
  });

  it('has each of its numbers in the JSON beside it', async () => {
    const json = await readFile(join(run, 'report.json'), 'utf8');
    expect(withoutPixels(reportFromData(json))).toBe(withoutPixels(text));
    const { checked, present, differing } = recomputedReport(json);
    expect([checked, differing]).toEqual([present, []]);
  });

  it('says how it knows and how it is made again, and names no folder of this machine', async () => {
    const json = await readFile(join(run, 'report.json'), 'utf8');
    for (const written of [text, json]) {
      expect(written).not.toContain(folder);
      expect(written).not.toMatch(/(?<![\w.…+/=:])\/(?:tmp|home|root|Users|work)\//);
    }
    const [study, commands] = section(page, 'appendix').all('pre');
    expect(study?.text()).toBe(await readFile(join(folder, 'first-light.epochlens.json'), 'utf8'));
    expect(commands?.text()).toContain('npx epochlens report first-light.epochlens.json');
    const methods = words(section(page, 'methods'));
    expect(methods).toContain('20 test images of 32×32 pixels');
    expect(methods).toMatch(
      /gaussianNoise 0\.1 ?Independent normal noise .* The first 10 of 20 test images, 2 rounds each/,
    );
    const { runs, references } = JSON.parse(json) as {
      runs: { limits: { id: string }[] }[];
      references: { key: string; bibtex: string }[];
    };
    expect(runs[0]?.limits.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['oneTraining', 'embeddedEngine', 'bestByTestImages', 'perturbedSubset', 'fewTestImages']),
    );
    expect(references.map(({ key }) => key)).toContain('selvaraju2017gradcam');
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

  it('has a table line an epoch, and curves of accuracy, loss, attention and robustness', () => {
    const rows = section(page, 'accuracy').all('table')[0]?.all('tr') ?? [];
    expect(rows.map((row) => row.children.length)).toEqual([8, 8, 8, 8]);
    expect(rows.slice(1).map((row) => row.children[0]?.text())).toEqual(['0 (untrained)', '1', '2']);
    const counts = ['accuracy', 'attention', 'robustness'].map((id) => section(page, id).all('svg').length);
    expect(counts).toEqual([2, 2, 2]);
  });

  it('has a row an image and a column a checkpoint', () => {
    const grid = section(page, 'heatmaps').all('table')[0];
    const [header, ...rows] = grid?.all('tr') ?? [];
    expect(header?.children.map((cell) => words(cell))).toEqual([
      'Image',
      '',
      'Epoch 0(untrained)',
      'Epoch 1',
      'Epoch 2',
      'Settles at',
    ]);
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(words(row.children[0])).toMatch(/^test:(3|17)/);
      for (const cell of row.children.slice(2, 5)) {
        const heat = cell.all('img').filter(({ attributes }) => attributes['class'] === 'heat');
        expect(heat.length === 1 || cell.text().includes('flat')).toBe(true);
        expect(words(cell)).toMatch(/[✓✗] [a-z -]+ \d+ %/);
      }
    }
  });

  it('tells what is wrong, forgotten and found, of all test images', () => {
    const misclassified = section(page, 'mistakes');
    expect(absentIn(page, 'mistakes')).toEqual([]);
    const [confusions, fates] = misclassified.all('table');
    const [, ...epochs] = confusions?.all('tr') ?? [];
    expect(epochs.map((row) => words(row.children[0]))).toEqual(['1', '2']);
    const images =
      fates
        ?.all('tr')
        .slice(1)
        .map((row) => Number(words(row.children[1]))) ?? [];
    expect(images.reduce((a, b) => a + b, 0)).toBe(20);
    expect(words(misclassified)).toContain(
      'The study’s own search: the 20 test images in an order shuffled by the seed 3',
    );
  });

  it('has the numbers that perturb prints, and each entry’s rounds, three at most', async () => {
    const { stdout } = await epochlens(['perturb', run, '--engine', 'wasm', '--json']);
    const { tests } = JSON.parse(stdout) as {
      tests: { kept: boolean; epoch: number; accuracy: number; misses: unknown[] }[];
    };
    expect(tests.map(({ kept }) => kept)).toEqual(Array<boolean>(6).fill(true));
    const robustness = words(section(page, 'robustness'));
    for (const { accuracy } of tests) expect(robustness).toContain(`${accuracy.toFixed(2)} %`);
    expect(robustness).toContain(`${tests.filter(({ misses }) => misses.length === 0).length - 3} of 3 tests pass`);
    const figures = section(page, 'perturbed').all('table');
    expect(figures.map((table) => table.all('tr').length)).toEqual([4, 4, 5, 5]);
    expect(words(section(page, 'perturbed').all('figcaption')[2])).toContain('the first 3 of 4 rounds');
  });

  it('is made again of what is kept, without an engine, and of nothing else by --quick', async () => {
    const { stderr } = await epochlens(['report', run, '--engine', 'wasm', '--quick']);
    expect(stderr).not.toContain('Engine:');
    const again = await read();
    for (const id of ['mistakes', 'attention', 'robustness', 'perturbed']) expect(absentIn(again, id)).toEqual([]);
    await rm(runPaths(run).results, { recursive: true });
    await succeed(['report', run, '--engine', 'wasm', '--quick', '--checkpoints', '0,2']);
    const quick = await read();
    for (const id of ['mistakes', 'attention', 'robustness', 'perturbed'])
      expect(absentIn(quick, id)).toEqual([expect.stringMatching(/a report without --quick does/) as string]);
    const columns =
      section(quick, 'heatmaps')
        .all('tr')[0]
        ?.children.map((cell) => words(cell)) ?? [];
    expect(columns.slice(2, 4)).toEqual(['Epoch 0(untrained)', 'Epoch 2']);
    const kinds = (await readdir(runPaths(run).results)).map((name) => name.replace(/-.*/, ''));
    expect(new Set(kinds)).toEqual(new Set(['heatmaps', 'attention']));
  });

  it('stops where it is told to, writes nothing, and keeps what it has computed', async () => {
    await rm(join(run, 'report.html'));
    const study = {
      ...STUDY,
      perturbations: [
        { ...NOISE, seed: 5 },
        { kind: 'rotation', rounds: 1000, images: 20 },
      ],
    };
    await writeStudy(folder, study, 'first-light');
    const running = launch(['report', run, '--engine', 'wasm', '--checkpoints', '2']);
    const kept = async (): Promise<string[]> =>
      (await readdir(runPaths(run).results)).filter((name) => name.startsWith('robustness-'));
    await expect.poll(kept, { timeout: 60_000 }).toHaveLength(1);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.finished;
    expect(code).toBe(1);
    expect(stderr).toContain('Cancelled. What was finished is kept');
    expect(await tree(run)).not.toContain('report.html');
    await writeStudy(folder, STUDY, 'first-light');
  });

  it('goes where --out says, and leaves nothing else', async () => {
    const before = await tree(folder);
    await succeed(['report', run, '--engine', 'wasm', '--quick', '--out', join(folder, 'page.html')]);
    const made = (await tree(folder)).filter((path) => !before.includes(path) && !path.startsWith('run/results'));
    expect(made).toEqual(['page.html', 'page.json']);
    expect((await stat(join(folder, 'page.html'))).size).toBeLessThan(5_000_000);
  });

  it('notices before it computes that it cannot write there', async () => {
    const out = join(folder, 'no', 'p.html');
    const { code, stderr } = await epochlens(['report', run, '--out', out]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/p\.html.*--out.*no such folder/) as string]);
    expect(stderr).not.toContain('Report of');
    expect((await epochlens(['report', run, '--out', folder])).code).toBe(2);
  });
});
