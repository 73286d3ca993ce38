import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKnownRun, readRun, sameRun } from '../../../../src/extension/runs/readRun';
import { findRunFolders, writeManifest, type StoredManifest } from '../../../../src/runs';
import { writeFinishedRun } from '../../../vscode/harness/finishedRun';
import { writeSmallStudy } from '../../../vscode/harness/studies';
import { trainingRun } from './summaries';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-runs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a finished run is found and read', async () => {
  const studyFile = await writeSmallStudy(folder, { name: 'small', epochs: 2 });
  const run = await writeFinishedRun(studyFile);
  expect(await findRunFolders([folder])).toEqual([run]);
  const summary = await readRun((await openKnownRun(run))!);
  expect(summary).toMatchObject({ studyFile, studyName: 'small', state: 'finished', checkpoints: [0, 1, 2] });
  expect(summary.epochs.map(({ testAccuracy }) => testAccuracy)).toEqual([10, 20, 30]);
});

test('a run whose batches were computed in parts says how and why', async () => {
  const run = await writeFinishedRun(await writeSmallStudy(folder, { name: 'small', epochs: 1 }));
  const path = join(run, 'run.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as StoredManifest;
  const microBatch = { size: 4, of: 8, reason: 'study', neededBytes: 1e9, freeBytes: null, freeWords: '' };
  expect((await readRun((await openKnownRun(run))!)).batches).toBeUndefined();
  await writeManifest(run, { ...manifest, microBatch });
  expect((await readRun((await openKnownRun(run))!)).batches).toMatch(
    /^Batches of 8 are computed in 2 parts of 4, as /,
  );
});

test.each(['metrics.jsonl', 'sums.jsonl'])(
  'a run whose %s cannot be read is damaged, and hides no other',
  async (name) => {
    const run = await writeFinishedRun(await writeSmallStudy(folder, { name: 'small', epochs: 1 }));
    await rm(join(run, name));
    await mkdir(join(run, name));
    const summary = await readRun((await openKnownRun(run))!);
    expect(summary).toMatchObject({ state: 'damaged', problem: expect.stringContaining(name) as string });
  },
);

test('a folder without run.json is no run yet', async () => {
  expect(await openKnownRun(folder)).toBeUndefined();
});

test('a damaged run.json is said, and its study guessed from the folder', async () => {
  const run = join(folder, '.epochlens', 'runs', 'small', 'one');
  await mkdir(run, { recursive: true });
  await writeFile(join(run, 'run.json'), '{');
  const summary = await readRun((await openKnownRun(run))!);
  expect(summary).toMatchObject({ state: 'damaged', studyFile: join(folder, 'small.epochlens.json') });
  expect(summary.problem).toContain('run.json');
});

test('a heartbeat alone changes nothing that is shown', () => {
  expect(sameRun(trainingRun(), trainingRun({}, { heartbeat: '2026-11-24T10:00:00.000Z' }))).toBe(true);
  expect(sameRun(trainingRun(), trainingRun({}, { step: 5 }))).toBe(false);
});
