/** The table of runs, computed again from its CSV by other code than its own. */
import { execFileSync } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row, RowValue } from '../../src/comparison';
import { epochlens, readJson, succeed, temporaryFolder, writeStudy } from './cli';

/** SciPy 1.16: scipy.stats.t.ppf(0.975, 1). */
const T_OF_TWO = 12.706204736174694;

const study = (seed: number, learningRate: number) => ({
  dataset: { kind: 'synthetic', trainCount: 64, testCount: 50 },
  model: { architecture: 'resnet20' },
  training: { epochs: 1, batchSize: 32, learningRate, seed },
  perturbations: [{ kind: 'gaussianNoise', standardDeviation: 0.1 }],
  explain: { images: { test: [0] } },
});

interface Document {
  readonly baseline: string | null;
  readonly rows: readonly (Pick<Row, 'name' | 'isBaseline'> & Pick<Row, 'values' | 'differences'>)[];
}

function means(values: readonly number[]): Pick<RowValue, 'mean' | 'n'> & { low: number; high: number } {
  const mean = values.reduce((sum, value) => sum + value) / values.length;
  const half = (T_OF_TWO * Math.abs((values[0] ?? 0) - (values[1] ?? 0))) / 2;
  return { mean, n: values.length, low: mean - half, high: mean + half };
}

describe('table', () => {
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    execFileSync('git', ['init', '--quiet', '--initial-branch=topic', folder]);
    const commit = ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '-m', 'x'];
    execFileSync('git', ['-C', folder, ...commit]);
    for (const learningRate of [0.01, 0.1])
      for (const seed of [1, 2]) {
        file = await writeStudy(folder, study(seed, learningRate));
        await succeed(['train', file, '--engine', 'embedded']);
        await succeed(['perturb', file, '--checkpoints', '1', '--engine', 'embedded']);
      }
  }, 240_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('can be computed again from the CSV of its runs', async () => {
    const csv = await succeed(['table', file, '--runs-csv']);
    const [head = [], ...lines] = csv
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    const raw = lines.map((line) => Object.fromEntries(head.map((name, at) => [name, line[at] ?? ''])));
    expect(raw).toHaveLength(4);
    const document = JSON.parse(
      await succeed(['table', file, '--json', '--baseline', 'learningRate 0.01']),
    ) as Document;
    expect(document.rows.map(({ name }) => name)).toEqual(['learningRate 0.01', 'learningRate 0.1']);
    for (const id of ['accuracy', 'loss', 'perturbed:gaussianNoise 0.1', 'drop:gaussianNoise 0.1', 'seconds']) {
      const of = (recipe: string) =>
        ['1', '2'].map((seed) => Number(raw.find((row) => row['recipe'] === recipe && row['seed'] === seed)?.[id]));
      for (const { name, isBaseline, values, differences } of document.rows) {
        const expected = means(of(name));
        expect(values[id]?.mean, id).toBeCloseTo(expected.mean ?? NaN, 9);
        expect(values[id]?.n).toBe(2);
        if (id === 'loss' || id === 'drop:gaussianNoise 0.1') {
          const { interval } = values[id] as RowValue;
          if (id === 'drop:gaussianNoise 0.1') expect(interval?.high).toBeCloseTo(Math.min(1, expected.high), 9);
          expect(interval?.low).toBeCloseTo(Math.max(id === 'loss' ? 0 : -1, expected.low), 9);
        }
        if (isBaseline) continue;
        const paired = means(of(name).map((value, at) => value - (of('learningRate 0.01')[at] ?? NaN)));
        expect(differences[id]?.mean, id).toBeCloseTo(paired.mean ?? NaN, 9);
        if (paired.high > paired.low) expect(differences[id]?.interval?.high, id).toBeCloseTo(paired.high, 9);
      }
    }
  });

  it('keeps the commit of the workspace with each run', async () => {
    const commit = execFileSync('git', ['-C', folder, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
    const [runs = ''] = await readdir(join(folder, '.epochlens/runs'));
    const [run = ''] = await readdir(join(folder, '.epochlens/runs', runs));
    const manifest = await readJson<{ git: unknown }>(join(folder, '.epochlens/runs', runs, run, 'run.json'));
    expect(manifest.git).toEqual({ commit, branch: 'topic', dirty: false });
    expect(await succeed(['table', file, '--runs-csv'])).toContain(commit);
  });

  it('has no number of a perturbation that was changed since', async () => {
    const changed = { ...study(2, 0.1), perturbations: [{ kind: 'gaussianNoise', standardDeviation: 0.1, seed: 7 }] };
    await writeStudy(folder, changed);
    const csv = await succeed(['table', file, '--runs-csv']);
    expect(csv).not.toContain('perturbed:');
    await writeStudy(folder, study(2, 0.1));
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
