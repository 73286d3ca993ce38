import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKnownRun } from '../../../../src/extension/runs/readRun';
import { indexStudies } from '../../../../src/extension/runs/studyIndex';
import { nameInFile } from '../../../../src/study';
import { writeFinishedRun } from '../../../vscode/harness/finishedRun';
import { writeSmallStudy } from '../../../vscode/harness/studies';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-index-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a file that is reached by several paths is one study, by its own', async () => {
  const file = await writeSmallStudy(folder, { name: 'small', epochs: 1 });
  const alias = join(folder, 'a-link.epochlens.json');
  await symlink(file, alias);
  const run = (await openKnownRun(await writeFinishedRun(alias)))!;
  const index = await indexStudies([alias, file, join(folder, 'absent.epochlens.json')], nameInFile);
  expect(index.studies).toEqual([{ file, name: 'small' }]);
  expect(index.pathOf(alias)).toBe(file);
  expect(await index.studyOf(run)).toEqual({ studyFile: file, studyName: 'small' });
});

test('a run has its study’s name as it is now', async () => {
  const file = await writeSmallStudy(folder, { name: 'small', epochs: 1 });
  const run = (await openKnownRun(await writeFinishedRun(file)))!;
  await writeFile(file, '{ "name": "renamed" }');
  const index = await indexStudies([file], nameInFile);
  expect(await index.studyOf(run)).toEqual({ studyFile: file, studyName: 'renamed' });
});

test('a run whose study file is gone is lost', async () => {
  const file = await writeSmallStudy(folder, { name: 'small', epochs: 1 });
  const run = (await openKnownRun(await writeFinishedRun(file)))!;
  await rename(file, join(folder, 'other.epochlens.json'));
  const index = await indexStudies([join(folder, 'other.epochlens.json')], nameInFile);
  expect(await index.studyOf(run)).toEqual({ studyFile: file, studyName: 'small', lost: true });
});

test('a damaged run is of the only study of its folder’s name', async () => {
  const file = join(folder, 'Füße & co.epochlens.json');
  await writeFile(file, '{}');
  const damaged = join(folder, '.epochlens', 'runs', 'Füße-co', 'one');
  await mkdir(damaged, { recursive: true });
  await writeFile(join(damaged, 'run.json'), '{');
  const run = (await openKnownRun(damaged))!;
  const alone = await indexStudies([file], nameInFile);
  expect(await alone.studyOf(run)).toEqual({ studyFile: file, studyName: 'Füße-co' });
  await writeFile(join(folder, 'b.epochlens.json'), '{ "name": "Füße-co" }');
  const among = await indexStudies([file, join(folder, 'b.epochlens.json')], nameInFile);
  expect(await among.studyOf(run)).toMatchObject({ studyFile: join(folder, 'Füße-co.epochlens.json') });
});
