import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createRun,
  listRuns,
  newerProblems,
  newestRunOf,
  newestRunsOf,
  newRunFolder,
  openRun,
  resolveRuns,
  runsOfStudy,
  runPaths,
} from '../../../src/runs';
import { readStudies, studyHash } from '../../../src/study';
import { failureOf, makeRun, makeStudy, ranOn } from './fixture';

describe('createRun', () => {
  it('writes run.json into .epochlens/runs/STUDY/TIME-RANDOM beside the study', async () => {
    const located = await makeStudy('{"training":{"seed":7}}');
    const run = await makeRun(located, new Date('2026-11-24T08:45:00.123Z'));
    expect(dirname(run.folder)).toBe(join(located.folder, '.epochlens', 'runs', 'demo'));
    expect(run.id).toMatch(/^20261124-084500-[0-9a-f]{4}$/);
    expect(run).toMatchObject({ studyFile: located.path, studyFolder: located.folder, study: located.study });
    expect(run.manifest).toMatchObject({ seed: 7, studyHash: studyHash(located.study), ...ranOn });
    expect(await openRun(run.folder)).toEqual(run);
  });

  it('refuses a folder with a run or something else in it, but not one that a training prepared', async () => {
    const located = await makeStudy();
    const run = await makeRun(located);
    expect(await failureOf(createRun({ folder: run.folder, located, ...ranOn }))).toMatch(
      /^InputError: .*run in this folder already.*--resume/,
    );
    const foreign = join(located.folder, 'foreign');
    await mkdir(foreign);
    await writeFile(join(foreign, 'thesis.tex'), '');
    expect(await failureOf(createRun({ folder: foreign, located, ...ranOn }))).toMatch(
      /^InputError: .*not empty: found thesis.tex/,
    );
    const prepared = join(located.folder, 'prepared');
    await mkdir(prepared);
    for (const name of ['log.txt', 'status.json', 'lock-1']) await writeFile(join(prepared, name), '');
    expect((await createRun({ folder: prepared, located, ...ranOn })).id).toBe('prepared');
  });

  it('says that a folder cannot be made', async () => {
    const located = await makeStudy();
    expect(await failureOf(createRun({ folder: join(located.path, 'run'), located, ...ranOn }))).toMatch(
      /^WorkError: .*cannot be made/,
    );
  });
});

describe('openRun', () => {
  it('still finds the study when the project was moved', async () => {
    const located = await makeStudy();
    const run = await makeRun(located);
    const moved = `${located.folder}-moved`;
    await rename(located.folder, moved);
    expect((await openRun(run.folder.replace(located.folder, moved))).studyFolder).toBe(moved);
  });

  it('refuses what is no run folder', async () => {
    const { folder } = await makeStudy();
    expect(await failureOf(openRun(folder))).toMatch(/^InputError: .*not a run folder: found no run.json/);
  });

  it('refuses a run.json in which anything is not as it was written, and takes one of an older version', async () => {
    const run = await makeRun(await makeStudy());
    const path = runPaths(run.folder).manifest;
    const text = await readFile(path, 'utf8');
    for (const [from, to] of [
      ['"seed": 1,', '"seed": 3,'],
      ['"fingerprint": "f0"', '"fingerprint": "f1"'],
      ['"momentum": 0.9', '"momentum": 0.8'],
      ['"sum": "', '"sum": "0'],
    ] as const) {
      await writeFile(path, text.replace(from, to));
      expect(await failureOf(openRun(run.folder))).toMatch(/run\.json.*damaged, or was edited/);
    }
    // A run that keeps sums has one.
    await writeFile(path, JSON.stringify({ ...JSON.parse(text), sum: undefined }));
    expect(await failureOf(openRun(run.folder))).toMatch(/run\.json.*damaged, or was edited/);
    await rm(runPaths(run.folder).sums);
    await writeFile(path, JSON.stringify({ ...JSON.parse(text), sum: undefined }, null, 1));
    expect((await openRun(run.folder)).study).toEqual(run.study);
    await writeFile(path, JSON.stringify(JSON.parse(text)));
    expect((await openRun(run.folder)).study).toEqual(run.study);
  });

  it('checks a run.json of an older version that was edited, with places', async () => {
    const run = await makeRun(await makeStudy());
    const path = runPaths(run.folder).manifest;
    const text = (await readFile(path, 'utf8')).replace(/,\s*"sum": "[0-9a-f]+"/, '');
    await rm(runPaths(run.folder).sums);
    const edited = async (from: string, to: string): Promise<string> => {
      await writeFile(path, text.replace(from, to));
      return failureOf(openRun(run.folder));
    };
    expect(await edited('"epochs": 20', '"epochs": -20')).toMatch(
      /line \d+, column 17 \(study.training.epochs\): out of range: found -20/,
    );
    expect(await edited('"weights": "random"', '"weights": "imagenet"')).toContain(
      '(study.model.weights): there are no ImageNet weights',
    );
    expect(await edited('"format": 1', '"format": 2')).toContain(
      'found format 2, expected at most 1. A newer EpochLens wrote it',
    );
    expect(await edited('"seed": 1,', '"seed" 1,')).toContain('a colon is missing');
    expect(await edited('"engine"', '"motor"')).toContain('the field "engine" is missing');
    await writeFile(path, text.replace('"format"', '"future": {}, "format"'));
    expect((await openRun(run.folder)).manifest.format).toBe(1);
  });
});

describe('finding runs', () => {
  it('lists the runs of all studies, the newest first, and says which are damaged', async () => {
    const located = await makeStudy();
    const old = await makeRun(located, new Date('2026-01-01T00:00:00Z'));
    const recent = await makeRun(located, new Date('2026-03-01T00:00:00Z'));
    const other = await makeRun(
      { ...located, study: { ...located.study, name: 'other' } },
      new Date('2026-02-01T00:00:00Z'),
    );
    await mkdir(await newRunFolder(located));
    expect((await listRuns(located.folder)).map(({ id }) => id)).toEqual([recent.id, other.id, old.id]);

    await writeFile(runPaths(recent.folder).manifest, '{');
    const [first] = await listRuns(located.folder);
    expect(first).toMatchObject({
      id: recent.id,
      parent: 'demo',
      problem: expect.stringContaining('an object is not closed') as string,
    });
    expect((await newestRunsOf(located.path)).map(({ id }) => id)).toEqual([other.id]);
    expect(await newerProblems(located, other)).toEqual([expect.stringContaining('run.json') as string]);
    expect(await newerProblems({ ...located, study: { ...located.study, name: 'other' } }, old)).toEqual([]);
    expect(await listRuns(join(located.folder, 'absent'))).toEqual([]);
  });

  it('finds the newest run of each model that a study names', async () => {
    const located = await makeStudy('{"model":[{"architecture":"resnet20"},{"architecture":"resnet32"}]}');
    const [first, second] = await readStudies(located.path);
    expect(await newestRunsOf(located.path)).toEqual([]);
    expect(await failureOf(resolveRuns(located.path))).toMatch(/^InputError: .*no run yet/);
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 24, hour));
    const small = await makeRun(first, at(8));
    expect((await newestRunsOf(located.path)).map(({ id }) => id)).toEqual([small.id]);
    const large = await makeRun(second!, at(9));
    await makeRun(first, at(7));
    expect((await newestRunsOf(located.path)).map(({ id }) => id)).toEqual([small.id, large.id]);
    expect((await newestRunOf(located.path, 'resnet32'))?.id).toBe(large.id);
    expect((await runsOfStudy(located.path)).map(({ id }) => id)[0]).toBe(large.id);
    expect((await resolveRuns(located.path, 'resnet32')).map(({ id }) => id)).toEqual([large.id]);
    expect((await resolveRuns(small.folder)).map(({ id }) => id)).toEqual([small.id]);
    expect(await failureOf(resolveRuns(small.folder, 'resnet32'))).toMatch(
      /^InputError: .*--architecture: there is no run of this architecture: found resnet20, expected resnet32/,
    );
    // What run.json holds is a study of one model.
    expect(large.study.model.architecture).toBe('resnet32');
    expect(large.manifest.studyHash).toBe(studyHash(second!.study));
  });

  it('takes a run folder, its run.json, or a study file for its newest run', async () => {
    const located = await makeStudy('// mine\n{"name":"n"}');
    expect(await failureOf(resolveRuns(located.path))).toMatch(/^InputError: .*no run yet.*epochlens train/);
    const run = await makeRun(located);
    for (const argument of [run.folder, runPaths(run.folder).manifest, located.path]) {
      expect((await resolveRuns(argument))[0].folder).toBe(run.folder);
    }
    expect(await failureOf(resolveRuns(join(located.folder, basename('absent'))))).toMatch(
      /^InputError: .*no such run: found nothing/,
    );
    expect(await failureOf(resolveRuns(located.folder))).toContain('not a run folder');
    await writeFile(located.path, '{');
    expect(await failureOf(resolveRuns(located.path))).toContain('an object is not closed');
  });
});
