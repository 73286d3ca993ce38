/** about.json: the name, note and pin of a run travel with it, and never keep it from being read. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  bringToStudy,
  changeAbout,
  createRun,
  isWhole,
  openRun,
  readAbout,
  runPaths,
  verifyRun,
} from '../../../src/runs';
import { packRun, unpackRun } from '../../../src/runs/packing';
import { failureOf, makeRun, makeStudy, ranOn } from './fixture';

const newRun = async () => (await makeRun(await makeStudy())).folder;

test('a run of which nothing is said has no file', async () => {
  const folder = await newRun();
  expect(await readAbout(folder)).toEqual({ about: {} });
  await changeAbout(folder, { name: 'a' });
  await changeAbout(folder, { name: '' });
  expect(existsSync(runPaths(folder).about)).toBe(false);
});

test('each field is changed by itself, and what was there before is returned', async () => {
  const folder = await newRun();
  expect(await changeAbout(folder, { name: 'warm-up', note: 'two\nlines' })).toEqual({});
  expect(await changeAbout(folder, { pinned: true })).toEqual({ name: 'warm-up', note: 'two\nlines' });
  const before = await changeAbout(folder, { name: 'other', note: undefined });
  expect(before).toEqual({ name: 'warm-up', note: 'two\nlines', pinned: true });
  expect((await readAbout(folder)).about).toEqual({ name: 'other', pinned: true });
  await changeAbout(folder, { ...before, pinned: false });
  expect((await readAbout(folder)).about).toEqual({ name: 'warm-up', note: 'two\nlines' });
});

test('fields of a newer program stay', async () => {
  const folder = await newRun();
  await writeFile(runPaths(folder).about, '{"format": 1, "colour": "red"}');
  await changeAbout(folder, { name: 'a' });
  await changeAbout(folder, { name: undefined });
  expect(JSON.parse(await readFile(runPaths(folder).about, 'utf8'))).toEqual({ format: 1, colour: 'red' });
});

test.each(['two\nlines', 'tab\t', 'x'.repeat(101), '\u2028'])('%j is refused as a name', async (name) => {
  const folder = await newRun();
  expect(await failureOf(changeAbout(folder, { name }))).toContain('this cannot be the name of a run');
  expect(await readAbout(folder)).toEqual({ about: {} });
});

describe.each([
  ['no JSON', '{'],
  ['no object', '[]'],
  ['a name that is no text', '{"name": 3}'],
  ['an empty name', '{"name": ""}'],
  ['a name of two lines', '{"name": "a\\nb"}'],
  ['a pin that is no truth', '{"pinned": "yes"}'],
  ['a note that is too long', JSON.stringify({ note: 'x'.repeat(10_001) })],
  ['a newer format', '{"format": 2, "name": "a"}'],
  ['no text', Buffer.from([0xff, 0xfe, 0x00])],
])('%s', (_, content) => {
  test('is said, is not written over, and leaves the run whole', async () => {
    const folder = await newRun();
    const { about: file } = runPaths(folder);
    await writeFile(file, content);
    const { about, problem } = await readAbout(folder);
    expect(about).toEqual({});
    expect(problem).toContain(file);
    expect(await failureOf(changeAbout(folder, { name: 'b' }))).toContain(file);
    expect(await readFile(file)).toEqual(Buffer.from(content));
    expect((await openRun(folder)).folder).toBe(folder);
    expect(isWhole(await verifyRun(folder))).toBe(true);
  });
});

test('a folder in its place is said', async () => {
  const folder = await newRun();
  await mkdir(runPaths(folder).about);
  expect((await readAbout(folder)).problem).toContain('about.json');
  expect(await failureOf(changeAbout(folder, { name: 'b' }))).toContain('about.json');
});

test('it travels with a run that is given to another study, and that is packed', async () => {
  const run = await makeRun(await makeStudy());
  const said = { name: 'best so far', note: 'keep', pinned: true };
  await changeAbout(run.folder, said);
  const elsewhere = await makeStudy();
  const { run: moved } = await bringToStudy(run, elsewhere.path);
  expect(moved.folder).not.toBe(run.folder);
  expect((await readAbout(moved.folder)).about).toEqual(said);
  const into = await mkdtemp(join(tmpdir(), 'about-'));
  const out = join(into, 'run.tar.gz');
  await packRun(moved.folder, { out, force: false, results: true, damaged: false });
  const unpacked = await unpackRun(out, { into });
  expect((await readAbout(unpacked.run.folder)).about).toEqual(said);
  expect(isWhole(await verifyRun(unpacked.run.folder))).toBe(true);
});

test('a run can be named before its training begins', async () => {
  const located = await makeStudy();
  const folder = join(located.folder, '.epochlens', 'runs', 'demo', 'early');
  await mkdir(folder, { recursive: true });
  await changeAbout(folder, { name: 'early' });
  const run = await createRun({ folder, located, ...ranOn });
  expect((await readAbout(run.folder)).about).toEqual({ name: 'early' });
  await rm(folder, { recursive: true });
});
