/** A study is its file: the command line takes the runs that name it, wherever they are reached. */
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readStatus, runsOfStudy, writeStatus, type RunStatus } from '../../src/runs';
import { epochlens, readJson, succeed, temporaryFolder, TINY, tree, writeStudy } from './cli';

const SMALL = {
  ...TINY,
  dataset: { kind: 'synthetic', trainCount: 20, testCount: 10 },
  training: { ...TINY.training, epochs: 0 },
  explain: { images: { test: [3] } },
};
const ENGINE = ['--engine', 'wasm'];

async function train(study: string): Promise<{ run: string; stderr: string }> {
  const { code, stderr } = await epochlens(['train', study, ...ENGINE]);
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  return { run: (await runsOfStudy(study))[0]?.folder ?? '', stderr };
}

describe('two studies of one name in a folder', () => {
  let folder: string;
  let [first, second, run] = ['', '', ''];
  beforeAll(async () => {
    folder = await temporaryFolder();
    first = await writeStudy(folder, { ...SMALL, name: 'Füße' }, 'first');
    second = await writeStudy(folder, { ...SMALL, name: 'Füße', training: { ...SMALL.training, seed: 4 } }, 'second');
    const trained = await train(first);
    run = trained.run;
    expect(trained.stderr).toContain('second.epochlens.json has the name "Füße", too');
    expect(trained.stderr).toContain('such as "Füße-2"');
    expect(basename(dirname(run))).toBe('Füße');
  });

  it.each([
    ['explain', ...ENGINE],
    ['perturb', ...ENGINE],
    ['attention', ...ENGINE],
    ['report', ...ENGINE],
    ['export', '--out', 'w.safetensors'],
  ])('%s of the one that was never trained has nothing to show', async (command, ...options) => {
    const { code, stderr, stdout } = await epochlens([command, second, ...options], { cwd: folder });
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('this study has no run yet') as string]);
    expect(await tree(folder)).not.toContain('w.safetensors');
  });

  it('--resume of the other does not go on with it', async () => {
    const { code, stderr } = await epochlens(['train', second, '--resume', ...ENGINE]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('nothing to resume') as string]);
  });

  it('each is explained by its own', async () => {
    const own = (await train(second)).run;
    expect(dirname(own)).toBe(dirname(run));
    const explain = async (argument: string): Promise<unknown> =>
      JSON.parse(await succeed(['explain', argument, '--images', 'test:3', ...ENGINE, '--json']));
    const [ofFirst, ofSecond] = [await explain(first), await explain(second)];
    expect(ofFirst).not.toEqual(ofSecond);
    expect([await explain(run), await explain(own)]).toEqual([ofFirst, ofSecond]);
  });
});

describe('a newest run that cannot be read', () => {
  it('is named where an older one is taken, and never passed over by --resume', async () => {
    const study = await writeStudy(await temporaryFolder(), SMALL);
    const { run } = await train(study);
    const damaged = join(dirname(run), '29990101-000000-0000');
    await mkdir(damaged);
    await writeFile(join(damaged, 'run.json'), '{');
    const { code, stderr } = await epochlens(['explain', study, ...ENGINE]);
    expect([code, stderr]).toEqual([0, expect.stringContaining(`A newer run is left out: run.json, line 1`) as string]);
    const resumed = await epochlens(['train', study, '--resume', ...ENGINE]);
    expect([resumed.code, resumed.stderr]).toEqual([2, expect.stringContaining('cannot be read') as string]);
    await rm(run, { recursive: true });
    const none = await epochlens(['explain', study, ...ENGINE]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('no run that can be read') as string]);
  });
});

describe('a study file that was renamed', () => {
  it('is told which runs it may adopt, and adopts them', async () => {
    const folder = await temporaryFolder();
    const before = await writeStudy(folder, SMALL, 'before');
    const { run } = await train(before);
    const now = join(folder, 'it’s now.epochlens.json');
    await rename(before, now);
    const { stderr } = await epochlens(['explain', now, ...ENGINE]);
    expect(stderr).toContain(`Beside it are runs of a study file that is gone (before.epochlens.json):\n  ${run}\n`);
    expect(stderr).toContain(`epochlens adopt '${now}' ${run}`);
    const text = await readFile(join(run, 'run.json'), 'utf8');
    const adopted = JSON.parse(await succeed(['adopt', now, run, '--json'])) as unknown;
    expect(adopted).toEqual({ study: now, adopted: [{ run, before: { run, study: before }, found: true }] });
    const studyFile = '../../../../it’s now.epochlens.json';
    const sum: unknown = expect.any(String);
    expect(await readJson(join(run, 'run.json'))).toEqual({ ...(JSON.parse(text) as object), studyFile, sum });
    expect(await succeed(['explain', now, ...ENGINE])).toContain('test:3');
    expect((await epochlens(['train', now, '--resume', ...ENGINE])).code).toBe(0);
  });

  it('and moved takes its runs along', async () => {
    const folder = await temporaryFolder();
    const before = await writeStudy(folder, SMALL);
    const { run } = await train(before);
    const deeper = join(folder, 'deeper');
    await mkdir(deeper);
    const now = join(deeper, basename(before));
    await rename(before, now);
    const stdout = await succeed(['adopt', now, run]);
    const there = join(deeper, '.epochlens', 'runs', 'tiny', basename(run));
    expect(stdout).toBe(`${there} is of ${now} now\n`);
    expect(await tree(folder)).not.toContain('.epochlens/runs');
    expect(await succeed(['explain', now, ...ENGINE])).toContain('test:3');
  });

  it('and moved to where something of the run’s name lies is told what is in the way', async () => {
    const folder = await temporaryFolder();
    const { run } = await train(await writeStudy(folder, SMALL));
    const deeper = join(folder, 'deeper');
    const place = join(deeper, '.epochlens', 'runs', 'tiny', basename(run));
    await mkdir(place, { recursive: true });
    const { code, stderr } = await epochlens(['adopt', await writeStudy(deeper, SMALL), run]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(`something of its name at its place already (${place})`),
    ]);
    expect(stderr).not.toContain('another disk');
  });

  it('adopt refuses what is no study or no run, before it changes anything', async () => {
    const folder = await temporaryFolder();
    const study = await writeStudy(folder, SMALL);
    const { run } = await train(study);
    const other = await writeStudy(folder, SMALL, 'other');
    const text = await readFile(join(run, 'run.json'), 'utf8');
    for (const [words, said] of [
      [[other, run, folder], 'not a run folder'],
      [[join(folder, 'absent.epochlens.json'), run], 'no such file'],
      [[await writeStudy(folder, '{', 'broken'), run], 'not closed'],
    ] as const) {
      const { code, stderr } = await epochlens(['adopt', ...words]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(said) as string]);
    }
    expect(await readFile(join(run, 'run.json'), 'utf8')).toBe(text);
  });
});

describe('a new study file under the name of one that was trained', () => {
  it('shows nothing of it, and that one is offered its run', async () => {
    const folder = await temporaryFolder();
    const a = await writeStudy(folder, SMALL, 'a');
    const { run } = await train(a);
    const z = join(folder, 'z.epochlens.json');
    await rename(a, z);
    await writeStudy(folder, { ...SMALL, dataset: { ...SMALL.dataset, seed: 7 } }, 'a');
    const refused = await epochlens(['explain', a, '--images', 'test:1', ...ENGINE]);
    const noRun: unknown = expect.stringContaining('this study has no run yet');
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([2, '', noRun]);
    expect(refused.stderr).toContain('made with other settings than a.epochlens.json has now: dataset.seed 1 → 7');
    expect(refused.stderr).toContain(`epochlens adopt ${z} ${run}`);
    const { code, stderr } = await epochlens(['explain', z, ...ENGINE]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`epochlens adopt ${z} ${run}`) as string]);
    await succeed(['adopt', z, run]);
    expect(await succeed(['explain', z, '--images', 'test:1', ...ENGINE])).toContain('test:1');
    const none = await epochlens(['explain', a, ...ENGINE]);
    expect([none.code, none.stderr]).toEqual([2, expect.not.stringContaining('adopt') as string]);
  });

  it('and edited without another beside it, shows its run with a word of what differs', async () => {
    const folder = await temporaryFolder();
    const study = await writeStudy(folder, SMALL);
    const { run } = await train(study);
    const explained = async () => epochlens(['explain', study, ...ENGINE, '--json']);
    await writeStudy(folder, {
      ...SMALL,
      explain: { images: { test: [4] } },
      perturbations: [{ kind: 'gaussianNoise' }],
    });
    const same = await explained();
    expect([same.code, same.stderr]).toEqual([0, expect.not.stringContaining('other settings') as string]);
    const dataset = { ...SMALL.dataset, seed: 7 };
    await writeStudy(folder, { ...SMALL, dataset, training: { ...SMALL.training, epochs: 4 } });
    const edited = await explained();
    const asMade = await succeed(['explain', run, ...ENGINE, '--json']);
    expect([edited.code, edited.stdout]).toEqual([0, asMade]);
    expect(edited.stderr).toContain(
      `${basename(run)} was made with other settings than tiny.epochlens.json has now: ` +
        'dataset.seed 1 → 7, epochs 0 → 4. What follows is of the run as it was made; ' +
        'perturbations and explain are as the file says now.',
    );
    const named = await epochlens(['explain', run, ...ENGINE]);
    expect(named.stderr).toContain('was made with other settings than tiny.epochlens.json has now: dataset.seed 1');
    await writeFile(study, '{');
    const broken = await epochlens(['export', run, '--epoch', '0', '--out', join(folder, 'w.safetensors')]);
    expect([broken.code, broken.stderr]).toEqual([0, expect.not.stringContaining('other settings') as string]);
  });
});

describe('links', () => {
  it('to a study: its runs lie beside the file, and either asks before it is trained twice', async () => {
    const folder = await temporaryFolder();
    const study = await writeStudy(folder, SMALL, 's');
    await mkdir(join(folder, 'sub'));
    const linked = join(folder, 'sub', 'l.epochlens.json');
    await symlink('../s.epochlens.json', linked);
    const { run } = await train(linked);
    expect(dirname(run)).toBe(join(folder, '.epochlens', 'runs', 'l'));
    for (const path of [study, linked]) expect(await succeed(['runs', path])).toContain(basename(run));
    expect(await succeed(['explain', study, ...ENGINE])).toContain('test:3');
    const status = await readStatus(run);
    await writeStatus(run, { ...(status as RunStatus), state: 'training' });
    const { code, stderr } = await epochlens(['train', study, ...ENGINE]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is being trained already') as string]);
  });

  it('are followed at every level, and nowhere in circles', async () => {
    const folder = await temporaryFolder();
    const scratch = await temporaryFolder();
    const study = await writeStudy(folder, SMALL);
    await mkdir(join(folder, '.epochlens', 'runs'), { recursive: true });
    await symlink(join(folder, '.epochlens'), join(folder, '.epochlens', 'runs', 'loop'));
    await symlink(scratch, join(folder, '.epochlens', 'runs', 'tiny'), 'dir');
    const { run } = await train(study);
    expect(dirname(run)).toBe(join(folder, '.epochlens', 'runs', 'tiny'));
    expect(await tree(scratch)).toContain(`${basename(run)}/run.json`);
    expect(await succeed(['explain', study, ...ENGINE])).toContain('test:3');
    // Reached by where it really lies, it still knows its study.
    expect(await succeed(['explain', join(scratch, basename(run)), ...ENGINE])).toContain('test:3');
    const linked = join(scratch, 'linked.epochlens.json');
    await symlink(study, linked);
    expect(await succeed(['explain', linked, ...ENGINE])).toContain('test:3');
    await writeFile(join(folder, 'tiny-too.epochlens.json'), JSON.stringify({ ...SMALL, name: 'tiny' }));
    expect((await epochlens(['explain', join(folder, 'tiny-too.epochlens.json')])).code).toBe(2);
  });
});
