import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unitsOf } from '../../../src/common/shard';
import { shard } from '../../../src/cli/options/shard';
import { wordsForTasks } from '../../../src/cli/cluster/submitShards';

const units = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describe('shares', () => {
  it.each([
    [10, 3],
    [7, 7],
    [2, 5],
    [0, 2],
    [1000, 64],
  ])('of %i units among %i shards are disjoint, complete and in order, and differ by one at most', (count, of) => {
    const shares = units(of).map((at) => unitsOf(units(count), { index: at + 1, of }));
    expect(shares.flat()).toEqual(units(count));
    const sizes = shares.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it('are all without a shard', () => {
    expect(unitsOf(units(3), undefined)).toEqual([0, 1, 2]);
  });
});

describe('--shard', () => {
  it('is i/n', () => {
    expect(shard('2/4')).toEqual({ index: 2, of: 4 });
  });

  it.each(['0/3', '4/3', '1/0', 'x', '1', '1/3/5', '-1/3', '1.5/3', '1/99999', ''])('is not %j', (word) => {
    expect(() => shard(word)).toThrow('not a shard');
  });
});

describe('the words of a task', () => {
  it('are the command’s without the submission’s, and files by their whole paths', () => {
    const words = ['perturb', './package.json', '--on', 'slurm', '--shards', '4', '--host=me@login', '--only', '1,3'];
    expect(wordsForTasks([...words, '--json', '--checkpoints', 'all'], [])).toEqual([
      'perturb',
      `${process.cwd()}/package.json`,
      '--only',
      '1,3',
      '--checkpoints',
      'all',
    ]);
  });

  it.each(['tiny.epochlens.json', 'run/run.json', 'run', './run/'])(
    'name the one run that %s means now, whatever the newest is once they begin',
    (typed) => {
      const [folder, study] = [resolve('run'), resolve('tiny.epochlens.json')];
      const words = ['perturb', typed, '--on', 'slurm', '--only', '1'];
      expect(wordsForTasks(words, [folder, join(folder, 'run.json'), study], folder)).toEqual([
        'perturb',
        folder,
        '--only',
        '1',
      ]);
    },
  );

  it('name a run that was typed within its folder by its whole path, and nothing else that merely lies there', async () => {
    const before = process.cwd();
    const folder = await mkdtemp(join(tmpdir(), 'epochlens-words-'));
    const run = '20261130-084500-3fa9';
    for (const name of [run, 'all', 'test']) await mkdir(join(folder, name));
    await writeFile(join(folder, 'a.png'), '');
    try {
      process.chdir(folder);
      const here = process.cwd();
      const words = ['explain', run, '--checkpoints', 'all', '--images=a.png', '--layer=test', '--method=gradcam'];
      expect(wordsForTasks([...words, '--shards=2'], [join(here, run), join(here, 'tiny.epochlens.json')])).toEqual([
        'explain',
        join(here, run),
        '--checkpoints',
        'all',
        `--images=${join(here, 'a.png')}`,
        '--layer=test',
        '--method=gradcam',
      ]);
    } finally {
      process.chdir(before);
      await rm(folder, { recursive: true });
    }
  });
});
