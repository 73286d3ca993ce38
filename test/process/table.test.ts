/** The table of runs, computed again from its CSV by other code than its own. */
import { execFileSync } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column, Row, RowValue } from '../../src/comparison';
import { epochlens, readJson, succeed, temporaryFolder, writeStudy } from './cli';

/** By n. SciPy 1.17.1: scipy.stats.t.ppf(0.975, n - 1). */
const STUDENT: Readonly<Record<number, number>> = { 2: 12.706204736174698, 3: 4.302652729749462 };

/** Two recipes, of which one has a third seed: n is 3 and 2, and so is that of differences. */
const study = (perturbation: object = {}) => ({
  dataset: { kind: 'synthetic', trainCount: 64, testCount: 50 },
  model: { architecture: 'resnet20' },
  training: { epochs: 1, batchSize: 32 },
  perturbations: [{ kind: 'gaussianNoise', standardDeviation: 0.1, ...perturbation }],
  explain: { images: { test: [0] } },
  sweep: { axes: { 'training.learningRate': [0.01, 0.1, 0.05] }, seeds: [1, 2, 3], tests: 'last' },
});
const CELLS = ['0.01/1', '0.01/2', '0.01/3', '0.1/1', '0.1/2', '0.1/3', '0.05/1', '0.05/2'];
const RECIPES = ['learningRate 0.01', 'learningRate 0.1', 'learningRate 0.05'];

interface Document {
  readonly baseline: string | null;
  readonly columns: readonly (Pick<Column, 'id'> & { readonly range: readonly [number | null, number | null] })[];
  readonly rows: readonly (Pick<Row, 'name' | 'isBaseline'> & Pick<Row, 'values' | 'differences'>)[];
}

/** By the textbook: the mean, and t times the standard error on either side, cut at what the measure cannot leave. */
function recomputed(values: readonly number[], [low, high]: readonly [number, number]) {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = (STUDENT[n] ?? NaN) * Math.sqrt(variance / n);
  return { mean, n, low: Math.max(low, mean - half), high: Math.min(high, mean + half) };
}

function expectEqual(found: RowValue | undefined, expected: ReturnType<typeof recomputed>, what: string): void {
  expect(found?.n, what).toBe(expected.n);
  expect(Math.abs((found?.mean ?? NaN) - expected.mean), what).toBeLessThanOrEqual(1e-9);
  // Of equal values nothing is said of how much they vary.
  if (found?.interval === null) {
    expect(expected.high - expected.low, what).toBeLessThanOrEqual(1e-9);
    return;
  }
  expect(Math.abs((found?.interval.low ?? NaN) - expected.low), what).toBeLessThanOrEqual(1e-9);
  expect(Math.abs((found?.interval.high ?? NaN) - expected.high), what).toBeLessThanOrEqual(1e-9);
}

describe('table', () => {
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    execFileSync('git', ['init', '--quiet', '--initial-branch=topic', folder]);
    const commit = ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '-m', 'x'];
    execFileSync('git', ['-C', folder, ...commit]);
    file = await writeStudy(folder, study());
    const cells = CELLS.map((cell) => `learningRate ${cell}`);
    await succeed(['sweep', file, '--engine', 'embedded', '--cell', ...cells]);
  }, 240_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('can be computed again from the CSV of its runs, every interval and paired difference', async () => {
    const csv = await succeed(['table', file, '--runs-csv']);
    const [head = [], ...lines] = csv
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    const raw = lines.map((line) => Object.fromEntries(head.map((name, at) => [name, line[at] ?? ''])));
    expect(raw).toHaveLength(CELLS.length);
    const document = JSON.parse(await succeed(['table', file, '--json'])) as Document;
    // The sweep's own: its first recipe.
    expect(document.baseline).toBe(RECIPES[0]);
    expect(document.rows.map(({ name }) => name).sort()).toEqual([...RECIPES].sort());
    expect(document.columns.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['accuracy', 'loss', 'perturbed:gaussianNoise 0.1', 'drop:gaussianNoise 0.1', 'seconds']),
    );
    let [compared, ofThree, ofTwo] = [0, 0, 0];
    for (const { id, range } of document.columns) {
      const of = (recipe: string): Map<string, number> =>
        new Map(
          raw.flatMap((row) =>
            row['recipe'] === recipe && row['counted'] === '1' && row[id] !== ''
              ? [[row['seed'] ?? '', Number(row[id])]]
              : [],
          ),
        );
      // JSON has no infinity.
      const limits = [range[0] ?? -Infinity, range[1] ?? Infinity] as const;
      const baseline = of(RECIPES[0] as string);
      for (const { name, isBaseline, values, differences } of document.rows) {
        const own = of(name);
        if (own.size === 0) {
          expect(values[id], `${name} ${id}`).toBeUndefined();
          continue;
        }
        expectEqual(values[id], recomputed([...own.values()], limits), `${name} ${id}`);
        if (own.size === 3) ofThree++;
        if (own.size === 2) ofTwo++;
        if (isBaseline) continue;
        const paired = [...own].map(([seed, value]) => value - (baseline.get(seed) ?? NaN));
        expectEqual(differences[id], recomputed(paired, [-Infinity, Infinity]), `difference of ${name} ${id}`);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(10);
    expect(ofThree).toBeGreaterThan(ofTwo);
    expect(ofTwo).toBeGreaterThan(5);
  });

  it('says what its signs mean, and prints what a terminal has room for', async () => {
    const markdown = await succeed(['table', file, '--format', 'markdown', '--columns', 'accuracy']);
    expect(markdown).toContain('± is half the 95 % interval of the mean');
    expect(markdown).toContain('Bold is the best value of a column where the 95 % interval of its difference');
    const text = await succeed(['table', file]);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(260);
  });

  it('keeps the commit of the workspace with each run', async () => {
    const commit = execFileSync('git', ['-C', folder, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
    const [runs = ''] = await readdir(join(folder, '.epochlens/runs'));
    const [run = ''] = await readdir(join(folder, '.epochlens/runs', runs));
    const manifest = await readJson<{ git: unknown }>(join(folder, '.epochlens/runs', runs, run, 'run.json'));
    expect(manifest.git).toMatchObject({ commit, branch: 'topic' });
    expect(await succeed(['table', file, '--runs-csv'])).toContain(commit);
  });

  it('has no number of a perturbation that was changed since', async () => {
    await writeStudy(folder, study({ seed: 7 }));
    expect(await succeed(['table', file, '--runs-csv'])).not.toContain('perturbed:');
    await writeStudy(folder, study());
    expect(await succeed(['table', file, '--runs-csv'])).toContain('perturbed:');
  });

  it.each([
    [['--baseline', 'nobody'], /--baseline: there is no such recipe: found "nobody"/],
    [['--columns', 'nothing'], /--columns: no run has such a column/],
    [['--at', 'worst'], /--at/],
    [['--json', '--format', 'csv'], /a table has one format/],
  ])('refuses %j', async (options, message) => {
    const { code, stderr } = await epochlens(['table', file, ...options]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
