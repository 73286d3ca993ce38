/** Which runs are a study file's: those whose run.json names it, however either is reached. */
import { chmod, link, mkdir, readFile, realpath, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  adoptRun,
  apartText,
  bringToStudy,
  dataElsewhere,
  findRunFolders,
  lostRunsFor,
  newestRunsOf,
  otherSettingsText,
  openRun,
  resolveRuns,
  runPaths,
  runsOfStudy,
  writeManifest,
  writeStatus,
  type Run,
  type StoredManifest,
} from '../../../src/runs';
import { readStudy } from '../../../src/study';
import { failureOf, makeRun, makeStudy } from './fixture';

const idsOf = async (path: string): Promise<string[]> => (await runsOfStudy(path)).map(({ id }) => id);

async function studyBeside(path: string, name: string, text: string) {
  const other = join(dirname(path), `${name}.epochlens.json`);
  await writeFile(other, text);
  return readStudy(other);
}

describe('the runs of a study file', () => {
  it('are not those of another of its name', async () => {
    const a = await makeStudy('{"name":"same"}');
    const b = await studyBeside(a.path, 'b', '{"name":"same"}');
    const run = await makeRun(b, new Date('2026-01-01T00:00:00Z'));
    expect(await failureOf(resolveRuns(a.path))).toMatch(/this study has no run yet/);
    const own = await makeRun(a, new Date('2026-02-01T00:00:00Z'));
    expect([await idsOf(a.path), await idsOf(b.path)]).toEqual([[own.id], [run.id]]);
    expect(dirname(own.folder)).toBe(dirname(run.folder));
  });

  it('of an earlier version, which spelt names otherwise, are found', async () => {
    const { folder } = await makeStudy();
    const located = await studyBeside(join(folder, 'x'), 'Füße & co', '{}');
    const run = await makeRun({ ...located, study: { ...located.study, name: 'F-e-co' } });
    expect(located.study.name).toBe('Füße-co');
    expect(basename(dirname(run.folder))).toBe('F-e-co');
    // A name that is no longer given.
    const early = await makeRun({ ...located, study: { ...located.study, name: 'con' } });
    expect(await idsOf(located.path)).toEqual(expect.arrayContaining([run.id, early.id]));
  });

  it('stay its when its name changes', async () => {
    const { path, ...located } = await makeStudy('{"name":"first"}');
    const run = await makeRun({ path, ...located });
    await writeFile(path, '{"name":"second"}');
    expect(await idsOf(path)).toEqual([run.id]);
  });

  it('are found through a link to the file or its folder, and of a hard link of another name are not', async () => {
    const { path, folder, ...located } = await makeStudy();
    const run = await makeRun({ path, folder, ...located });
    const other = join(folder, 'elsewhere');
    await mkdir(other);
    await symlink(path, join(other, 'linked.epochlens.json'));
    await symlink(folder, join(other, 'folder'));
    await link(path, join(folder, 'hard.epochlens.json'));
    expect(await idsOf(join(other, 'linked.epochlens.json'))).toEqual([run.id]);
    expect(await idsOf(join(other, 'folder', basename(path)))).toEqual([run.id]);
    expect(await idsOf(join(folder, 'hard.epochlens.json'))).toEqual([]);
  });

  it('are found in another Unicode normalization, while there is no file of that', async () => {
    const { folder } = await makeStudy();
    const decomposed = await studyBeside(join(folder, 'x'), 'Fu\u0308\u00dfe', '{}');
    const run = await makeRun(decomposed);
    const composed = join(folder, 'Füße.epochlens.json');
    await rename(decomposed.path, composed);
    expect(await idsOf(composed)).toEqual([run.id]);
    await writeFile(decomposed.path, '{}');
    // Where the file system tells them apart, they are two studies.
    const isOne = (await realpath(decomposed.path)) === (await realpath(composed));
    expect(await idsOf(composed)).toEqual(isOne ? [run.id] : []);
  });

  it.each(['.epochlens', '.epochlens/runs', '.epochlens/runs/demo', 'RUN'])(
    'are found where %s is a link',
    async (level) => {
      const located = await makeStudy();
      const run = await makeRun(located);
      const path = level === 'RUN' ? run.folder : join(located.folder, level);
      const scratch = join((await makeStudy()).folder, 'scratch');
      await rename(path, scratch);
      await symlink(scratch, path, 'dir');
      await symlink('nowhere', join(located.folder, '.epochlens/runs/dangling'));
      await symlink('loop', join(located.folder, '.epochlens/runs/loop'));
      await symlink('..', join(dirname(run.folder), 'up'));
      await symlink('demo', join(located.folder, '.epochlens/runs/alias'));
      expect(await idsOf(located.path)).toEqual([run.id]);
      // One that is started behind the link is found from where it really lies, too.
      const later = await makeRun(located);
      expect(await idsOf(located.path)).toEqual(expect.arrayContaining([run.id, later.id]));
      expect((await openRun(await realpath(later.folder))).studyFile).toBe(located.path);
    },
  );

  it('of two projects that share a folder of runs are told apart', async () => {
    const [a, b] = [await makeStudy(), await makeStudy()];
    const scratch = join((await makeStudy()).folder, 'scratch');
    await mkdir(scratch);
    for (const { folder } of [a, b]) {
      await mkdir(join(folder, '.epochlens'));
      await symlink(scratch, join(folder, '.epochlens', 'runs'), 'dir');
    }
    const run = await makeRun(a);
    expect([await idsOf(a.path), await idsOf(b.path)]).toEqual([[run.id], []]);
  });
});

describe('a study file that was edited', () => {
  it('keeps its runs, and says in what they differ', async () => {
    const { path, study, ...located } = await makeStudy('{"training":{"epochs":3}}');
    const run = await makeRun({ path, study, ...located });
    const now = async (text: string) => {
      await writeFile(path, text);
      return otherSettingsText(run, [(await readStudy(path)).study], 'demo.epochlens.json');
    };
    const same =
      '{"training":{"epochs":3,"keepCheckpoints":{"every":2}},"explain":{"layer":"layer1"},"perturbations":[]}';
    expect(await now(same)).toBeUndefined();
    expect(await now('{"dataset":{"kind":"cifar10"},"training":{"epochs":4}}')).toBe(
      'made with other settings than demo.epochlens.json has now: ' + 'dataset.kind synthetic → cifar10, epochs 3 → 4',
    );
    expect((await newestRunsOf(path)).map(({ id }) => id)).toEqual([run.id]);
    // A study beside it that was trained itself by these settings takes nothing.
    const other = await studyBeside(path, 'other', '{"training":{"epochs":3}}');
    await makeRun(other);
    expect((await newestRunsOf(path)).map(({ id }) => id)).toEqual([run.id]);
    expect(await lostRunsFor(other.path, [other.study])).toEqual([]);
  });

  it('says nothing of how an imported run was trained', async () => {
    const located = await makeStudy();
    const imported = { from: 'weights', files: [] };
    const run = await makeRun({
      ...located,
      study: { ...located.study, training: { ...located.study.training, epochs: 90 } },
    });
    expect(otherSettingsText(run, [located.study], 'a')).toContain('epochs 90 → 20');
    expect(
      otherSettingsText({ ...run, manifest: { ...run.manifest, imported } }, [located.study], 'a'),
    ).toBeUndefined();
  });
});

describe('a new run of a study that is a link', () => {
  it('lies beside the file, found by either, and its data are meant from the link', async () => {
    const { path, folder } = await makeStudy('{"dataset":{"kind":"cifar10","folder":"data"}}');
    await mkdir(join(folder, 'sub'));
    const linked = join(folder, 'sub', 'l.epochlens.json');
    await symlink(join('..', basename(path)), linked);
    const run = await makeRun(await readStudy(linked));
    expect(dirname(run.folder)).toBe(join(folder, '.epochlens', 'runs', 'l'));
    expect([await idsOf(path), await idsOf(linked)]).toEqual([[run.id], [run.id]]);
    expect([run.studyFile, run.studyFolder]).toEqual([linked, dirname(linked)]);
  });

  // What may not be written to, root writes to.
  it.skipIf(process.getuid?.() === 0)('lies beside the link where nothing can be written beside the file', async () => {
    const { path, folder } = await makeStudy();
    const other = (await makeStudy()).folder;
    const linked = join(other, 'l.epochlens.json');
    await symlink(path, linked);
    await chmod(folder, 0o555);
    const run = await makeRun(await readStudy(linked));
    await chmod(folder, 0o755);
    expect(dirname(run.folder)).toBe(join(other, '.epochlens', 'runs', 'l'));
    expect(await idsOf(linked)).toEqual([run.id]);
  });
});

describe('a study file that is gone', () => {
  async function renamed(text: string): Promise<{ run: Run; path: string }> {
    const located = await makeStudy(text);
    const run = await makeRun(located);
    const path = join(located.folder, 'renamed.epochlens.json');
    await rename(located.path, path);
    return { run, path };
  }

  it('has its runs offered to a study of its name or its settings beside it', async () => {
    const byHash = await renamed('{}');
    const message = await failureOf(resolveRuns(byHash.path));
    expect(message).toContain('Beside it are runs of a study file that is gone (demo.epochlens.json)');
    expect(message).toContain(`epochlens adopt ${byHash.path} ${byHash.run.folder}`);
    await writeFile(byHash.path, '{"training":{"seed":9}}');
    expect(await failureOf(resolveRuns(byHash.path))).not.toContain('adopt');
    const byName = await renamed('{"name":"kept"}');
    await writeFile(byName.path, '{"name":"kept","training":{"seed":9}}');
    expect(await failureOf(resolveRuns(byName.path))).toContain(byName.run.folder);
  });

  it('offers nothing while the file is there, in whatever way', async () => {
    const located = await makeStudy('{"name":"kept"}');
    await makeRun(located);
    const other = await studyBeside(located.path, 'other', '{"name":"kept"}');
    expect(await lostRunsFor(other.path, [other.study])).toEqual([]);
    await unlink(located.path);
    expect(await lostRunsFor(other.path, [other.study])).toHaveLength(1);
  });

  it('has its runs offered, too, when another file has taken its name', async () => {
    const { run, path } = await renamed('{}');
    await writeFile(run.studyFile, '{"name":"other","training":{"seed":9}}');
    const refused = await failureOf(resolveRuns(run.studyFile));
    expect(refused).toContain('this study has no run yet');
    expect(refused).toContain('made with other settings than demo.epochlens.json has now: seed 1 → 9');
    expect(refused).toContain(`renamed.epochlens.json is what it is of:\n  ${run.folder}\n`);
    expect(refused).toContain(`epochlens adopt ${path} ${run.folder}`);
    const offered = await failureOf(resolveRuns(path));
    expect(offered).toContain('Beside it are runs of a study file that is another one by now (demo.epochlens.json)');
    expect(offered).toContain(`epochlens adopt ${path} ${run.folder}`);
    await bringToStudy(run, path);
    expect((await resolveRuns(path))[0].id).toBe(run.id);
    expect(await failureOf(resolveRuns(run.studyFile))).not.toContain('adopt');
  });

  it('has them offered by its name where its settings were changed as well', async () => {
    const { run, path } = await renamed('{"name":"kept"}');
    await writeFile(path, '{"name":"kept","training":{"seed":8}}');
    await writeFile(run.studyFile, '{"training":{"seed":9}}');
    expect(await failureOf(resolveRuns(run.studyFile))).toContain('renamed.epochlens.json is what it is of');
    expect(await failureOf(resolveRuns(path))).toContain(run.folder);
  });

  it('gives them up by adoption, which changes one field of run.json', async () => {
    const { run, path } = await renamed('{}');
    const file = runPaths(run.folder).manifest;
    const before = { ...JSON.parse(await readFile(file, 'utf8')), future: [1] } as StoredManifest;
    await writeManifest(run.folder, before);
    expect(await adoptRun(run, path)).toMatchObject({ folder: run.folder, studyFile: path });
    const { sum, ...after } = JSON.parse(await readFile(file, 'utf8')) as StoredManifest;
    expect({ ...after, sum: before['sum'] }).toEqual({ ...before, studyFile: '../../../../renamed.epochlens.json' });
    expect(sum).not.toBe(before['sum']);
    expect(await idsOf(path)).toEqual([run.id]);
  });

  it('gives no sum to a run.json that nobody vouched for, and refuses one that is damaged', async () => {
    const { run, path } = await renamed('{}');
    const file = runPaths(run.folder).manifest;
    const { sum, ...older } = JSON.parse(await readFile(file, 'utf8')) as StoredManifest;
    await writeFile(file, JSON.stringify({ ...older, seed: 12, sum }));
    expect(await failureOf(adoptRun(run, path))).toContain('damaged, or was edited');
    await rm(runPaths(run.folder).sums);
    await writeFile(file, JSON.stringify(older));
    expect((await adoptRun(run, path)).manifest.sum).toBeUndefined();
  });
});

describe('bringToStudy', () => {
  async function moved(): Promise<{ run: Run; path: string; folder: string }> {
    const located = await makeStudy('{"dataset":{"kind":"cifar10","folder":"data"}}');
    await mkdir(join(located.folder, 'data'));
    const run = await makeRun(located);
    const folder = join(located.folder, 'deeper');
    await mkdir(folder);
    const path = join(folder, 'renamed.epochlens.json');
    await rename(located.path, path);
    return { run, path, folder };
  }

  it('moves a run along with its study file, and back', async () => {
    const { run, path, folder } = await moved();
    const there = await bringToStudy(run, path);
    expect(there).toMatchObject({ apart: undefined, run: { studyFile: path } });
    expect(there.run.folder).toBe(join(folder, '.epochlens', 'runs', 'demo', run.id));
    expect(await idsOf(path)).toEqual([run.id]);
    expect(await findRunFolders([run.studyFolder])).toEqual([]);
    expect(await dataElsewhere(run.study, run.studyFolder, folder)).toEqual(['data']);
    await rename(path, run.studyFile);
    expect(await bringToStudy(there.run, run.studyFile)).toMatchObject({
      apart: undefined,
      run: { folder: run.folder },
    });
    expect(await idsOf(run.studyFile)).toEqual([run.id]);
    expect(await dataElsewhere(run.study, run.studyFolder, run.studyFolder)).toEqual([]);
  });

  it('moves the link where the run is one', async () => {
    const { run, path, folder } = await moved();
    const scratch = join((await makeStudy()).folder, 'scratch');
    await rename(run.folder, scratch);
    await symlink(scratch, run.folder, 'dir');
    const there = await bringToStudy(run, path);
    expect(await realpath(there.run.folder)).toBe(await realpath(scratch));
    expect(dirname(dirname(there.run.folder))).toBe(join(folder, '.epochlens', 'runs'));
    expect(await idsOf(path)).toEqual([run.id]);
  });

  it('leaves a run that is being trained where it is, and one that lies apart', async () => {
    const { run, path } = await moved();
    await writeStatus(run.folder, {
      ...{ state: 'training', startedAt: new Date().toISOString(), epoch: 1, epochs: 2, step: 0, stepsPerEpoch: 1 },
      ...{ imagesPerSecond: null, secondsLeft: null },
    });
    expect(await bringToStudy(run, path)).toMatchObject({
      apart: { why: 'used' },
      run: { folder: run.folder, studyFile: path },
    });
    const apart = join(run.studyFolder, 'apart');
    await rename(run.folder, apart);
    expect(await bringToStudy(await openRun(apart), path)).toMatchObject({
      apart: { why: 'alone' },
      run: { folder: apart },
    });
    await rm(apart, { recursive: true });
  });

  it('leaves a run where it is when there is one of its name at the place', async () => {
    const { run, path, folder } = await moved();
    const place = join(folder, '.epochlens', 'runs', 'demo', run.id);
    await mkdir(dirname(place), { recursive: true });
    // A link to nothing is in the way, too.
    await symlink('nowhere', place);
    const { apart, run: now } = await bringToStudy(run, path);
    expect([apart, now.folder]).toEqual([{ why: 'taken', place }, run.folder]);
    expect(apart && apartText(apart)).toBe(`there is something of its name at its place already (${place})`);
  });
});
