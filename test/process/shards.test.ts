/** Commands that several processes divide between them: what they put together is what one process makes. */
import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runPaths } from '../../src/runs';
import { itNative } from '../nativeEngine';
import { dist, epochlens, launch, succeed, temporaryFolder, writeStudy } from './cli';

const STUDY = {
  dataset: { kind: 'synthetic', trainCount: 32, testCount: 300 },
  model: { architecture: 'resnet20' },
  training: { epochs: 1, batchSize: 32 },
  explain: { checkpoints: [0, 1] },
  perturbations: [{ kind: 'gaussianNoise' }],
};
const ENGINE = ['--engine', 'wasm', '--json'];

/** Each command, on a run. */
const COMMANDS = [
  ['perturb', '--checkpoints', '1'],
  ['explain', '--images', 'test:0-69'],
  ['faithfulness', '--images', '30', '--checkpoints', '1', '--scores', 'sparseness'],
] as const;

describe('shards', () => {
  let folder: string;
  let study: string;
  let one: string;
  let several: string;
  /** Where only one shard ran. */
  let lacking: string;
  /** Where each engine made a part. */
  let mixed: string;
  /** Of each command what one process says, the first time. */
  const said: (string | undefined)[] = [];

  const on = (run: string, [name, ...options]: readonly string[], ...more: string[]): string[] => [
    name as string,
    run,
    ...options,
    ...ENGINE,
    ...more,
  ];

  /** The sums of all that is kept, by the files' names. */
  async function kept(run: string): Promise<Record<string, string>> {
    const { results } = runPaths(run);
    const names = (await readdir(results)).sort();
    const sums = names.map(async (name) => {
      const content = await readFile(join(results, name));
      return [name, createHash('sha256').update(content).digest('hex')] as const;
    });
    return Object.fromEntries(await Promise.all(sums));
  }

  beforeAll(async () => {
    folder = await temporaryFolder();
    [one, several, lacking, mixed] = ['one', 'several', 'lacking', 'mixed'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
      string,
    ];
    study = await writeStudy(folder, STUDY);
    await succeed(['train', study, '--engine', 'wasm', '--run', one]);
    await rm(runPaths(one).results, { recursive: true, force: true });
    for (const copy of [several, lacking, mixed]) await cp(one, copy, { recursive: true });
  });

  it('at the same time, and one killed and begun again, keep the bytes of one process', async () => {
    for (const [at, command] of COMMANDS.entries()) {
      said[at] = await succeed(on(one, command));
      const killed = launch(on(several, command, '--shard', '1/2'));
      const other = launch(on(several, command, '--shard', '2/2'));
      await killed.said('Engine');
      killed.child.kill('SIGKILL');
      await killed.finished;
      const again = JSON.parse(await succeed(on(several, command, '--shard', '1/2'))) as Record<string, number>;
      const { code, stdout } = await other.finished;
      expect(code).toBe(0);
      const second = JSON.parse(stdout) as Record<string, number>;
      expect(again).toMatchObject({ shard: '1/2', of: second['of'] });
      expect(second).toMatchObject({ shard: '2/2', kept: 0 });
      expect((again['done'] ?? 0) + (second['done'] ?? 0)).toBe(second['of']);
      const merged = await epochlens(on(several, command));
      expect(merged.stderr).not.toContain('Engine');
      expect(merged.stdout.replaceAll(several, one)).toBe(said[at]);
    }
    expect(await kept(several)).toEqual(await kept(one));
    const text = await succeed(on(several, COMMANDS[0], '--shard', '2/2').filter((word) => word !== '--json'));
    expect(text).toMatch(/^shard 2\/2: ([\d,]+) of [\d,]+ perturbed images, \1 kept before\n$/);
  });

  it('that never ran are computed by the command without --shard; until then their parts are vouched for', async () => {
    const [command] = COMMANDS;
    const little = { env: { EPOCHLENS_RESULTS_LIMIT_MB: '0.001' } };
    const shard = await epochlens(on(lacking, command, '--shard', '1/2'), little);
    expect(shard.stderr).toContain('EPOCHLENS_RESULTS_LIMIT_MB allows 1.0 kB: the next command without --shard');
    expect(Object.keys(await kept(lacking))).toMatchObject([expect.stringMatching(/^robustnessParts-/) as string]);
    const verified = await succeed(['verify', lacking, '--reproduce', '1', '--engine', 'wasm']);
    expect(verified).toMatch(/robustness to gaussianNoise of images 0 to 255 at epoch 1/);

    // Whoever asks how far they are deletes nothing.
    for (const asking of ['--status', '--cancel'])
      expect(await epochlens(['perturb', lacking, asking], little)).toMatchObject({ code: 0 });
    const report = await epochlens(['report', lacking, '--kept', '--checkpoints', '1', '--json'], little);
    expect(Object.keys(await kept(lacking))).toContainEqual(expect.stringMatching(/^robustnessParts-/));
    const { missing } = JSON.parse(report.stdout) as { missing: { what: string; command: string }[] };
    const test = missing.find(({ what }) => what === 'perturbation 1 (gaussianNoise 0.1) at epoch 1');
    expect(test?.command).toBe(`epochlens perturb ${lacking} --only 1 --checkpoints 1`);
    expect(report.stderr).toContain(`This computes it:  ${test?.command ?? ''}\n`);
    expect(report.stderr).not.toContain('Engine');
    const page = await readFile(join(lacking, 'report.html'), 'utf8');
    expect(page).toMatch(/What is missing<\/h2>[^]*perturbation 1 \(gaussianNoise 0\.1\) at epoch 1: <code/);

    const whole = await epochlens([...(test?.command ?? '').split(' ').slice(1), ...ENGINE]);
    expect(whole.stderr).toContain('Engine');
    expect(whole.stdout.replaceAll(lacking, one)).toBe(said[0]);
    const after = await epochlens(['report', lacking, '--kept', '--checkpoints', '1']);
    expect(after.stderr).not.toContain('perturbation 1');
    const names = Object.keys(await kept(lacking));
    expect(names.map((name) => name.replace(/-.*/, ''))).toEqual(['perturbations.json', 'robustness']);
  });

  itNative('of two engines make no test: the part of the other one is computed again', async () => {
    const [command] = COMMANDS;
    said[0] ??= await succeed(on(one, command));
    // In three rounds of each image.
    const shard = async (of: string, engine: string): Promise<unknown> =>
      JSON.parse(await succeed(on(mixed, command, '--shard', of, '--engine', engine)));
    expect(await shard('1/2', 'embedded')).toMatchObject({ done: 768, kept: 0 });
    expect(await shard('1/2', 'native')).toMatchObject({ done: 768, kept: 0 });
    expect(await shard('1/2', 'native')).toMatchObject({ done: 768, kept: 768 });
    expect(await shard('2/2', 'embedded')).toMatchObject({ done: 132, kept: 0 });
    // To the bytes of the embedded engine alone, which is not what the two parts come to.
    const whole = await epochlens(on(mixed, command));
    expect(whole.stderr).toContain('Engine: embedded');
    expect(whole.stdout.replaceAll(mixed, one)).toBe(said[0]);
    const [ours, theirs] = await Promise.all([kept(mixed), kept(one)]);
    const [test = '', ...others] = Object.keys(ours).filter((name) => name.startsWith('robustness'));
    expect(others).toEqual([]);
    expect(ours[test]).toBe(theirs[test]);
  });

  it('--shard 4/3 is refused in a line', async () => {
    const { code, stderr } = await epochlens(on(one, COMMANDS[0], '--shard', '4/3'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^epochlens: --shard: not a shard/);
  });

  it('are of a run, and either here or on a cluster', async () => {
    const out = await epochlens(on(one, COMMANDS[1], '--shard', '1/2', '--out', join(folder, 'pictures')));
    expect(out.stderr).toContain('--out');
    const both = await epochlens(on(one, COMMANDS[0], '--shard', '1/2', '--on', 'slurm', '--shards', '2'));
    expect(both).toMatchObject({ code: 2 });
    expect(both.stderr).toContain('options that do not go together');
    const pods = await epochlens(on(one, COMMANDS[0], '--on', 'kubernetes', '--shards', '2'));
    expect(pods).toMatchObject({ code: 2 });
    expect(pods.stderr).toContain('shards are handed to Slurm alone');
  });

  it.each(COMMANDS.map(([name]) => name))('of %s can be asked after while the study is being edited', async (name) => {
    const before = await readFile(study, 'utf8');
    await writeFile(study, '{');
    try {
      expect(await succeed([name, one, '--status'])).toMatch(/^No shards of /);
    } finally {
      await writeFile(study, before);
    }
  });
});

describe('parts of an evaluation', () => {
  const watched = join(import.meta.dirname, '..', 'fixtures', 'watched');
  const data = join(watched, 'cnn.epochlens.json');
  const evaluate = ['evaluate', '--weights', join(watched, 'cnn.onnx'), '--data', data, '--engine', 'wasm'];
  const imagenet = ['--mean', '0.485,0.456,0.406', '--std', '0.229,0.224,0.225'];

  it('merge to the document of one process; missing, doubled and foreign ones are named', async () => {
    const folder = await temporaryFolder();
    const parts = [1, 2].map((index) => join(folder, `${String(index)}.json`));
    for (const [at, out] of parts.entries())
      await succeed([...evaluate, ...imagenet, '--shard', `${String(at + 1)}/2`, '--out', out]);
    const whole = await succeed([...evaluate, ...imagenet, '--json']);
    expect(await succeed(['evaluate', '--merge', ...[...parts].reverse(), '--json'])).toBe(whole);

    const [first = '', second = ''] = parts;
    const refused = async (...words: string[]): Promise<string> => {
      const { code, stderr } = await epochlens(['evaluate', '--merge', ...words]);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused(first)).toContain('also 2/2');
    expect(await refused(first, second, second)).toContain('named twice');
    const foreign = join(folder, 'foreign.json');
    await succeed([...evaluate, '--mean', '0,0,0', '--std', '1,1,1', '--shard', '2/2', '--out', foreign]);
    expect(await refused(first, foreign)).toContain('a part of another evaluation');
    expect(await refused(first, join(dist, 'cli.js'))).toContain('not a part of an evaluation');
    const again = await epochlens([...evaluate, ...imagenet, '--shard', '1/2', '--out', first, '--json']);
    expect(again.stderr).not.toContain('Engine:');
    const before = await readFile(first, 'utf8');
    const other = await epochlens([...evaluate, ...imagenet, '--shard', '1/2', '--out', first, '--engine', 'native']);
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(
      /1\.json, --engine: another engine computed the part that lies there: found embedded, expected native/,
    );
    expect(await readFile(first, 'utf8')).toBe(before);
  });
});
