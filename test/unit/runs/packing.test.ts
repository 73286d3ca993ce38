import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { describe, expect, test } from 'vitest';
import { temporaryBeside } from '../../../src/common/temporaries';
import {
  isWhole,
  listRuns,
  lockRun,
  parseKeepRule,
  pruneRun,
  verifyRun,
  whileUsing,
  type Run,
} from '../../../src/runs';
import { packRun, unpackRun } from '../../../src/runs/packing';
import { failureOf } from './fixture';
import { flipBit, trainedRun } from './trained';

const newFolder = () => mkdtemp(join(tmpdir(), 'pack-'));
const all = { results: true, damaged: false, force: false };

async function packed(run?: Run): Promise<string> {
  const out = join(await newFolder(), 'run.tar.gz');
  await packRun((run ?? (await trainedRun())).folder, { ...all, out });
  return out;
}

/** Everything in a folder, "path: content". */
async function contents(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.sort().map(async (file) => `${file.slice(folder.length)}: ${(await readFile(file)).toString('hex')}`),
  );
}

/** What an unpacking that is refused says; nothing is left of it. */
async function refusal(file: string): Promise<string> {
  const into = await newFolder();
  const said = await failureOf(unpackRun(file, { into }));
  expect(await readdir(into, { recursive: true })).toEqual([]);
  return said;
}

interface Member {
  readonly path: string;
  readonly content: Buffer;
  /** What its header says, where that is not the truth. */
  readonly header?: Record<string, unknown>;
}

function tarGz(members: readonly Member[]): Buffer {
  const blocks = members.flatMap(({ path, content, header }) => {
    const block = Buffer.alloc(512);
    const mtime = new Date(0);
    new Header({ path, size: content.length, type: 'File', mode: 0o644, mtime, ...header }).encode(block, 0);
    return [block, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function manifest(members: readonly Member[], other: Record<string, unknown> = {}): Member {
  const listed = members.map(({ path, content }) => ({
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  const fields = { format: 1, run: 'r', study: 's', studyFile: 's.epochlens.json', members: listed, ...other };
  return { path: 'epochlens-pack.json', content: Buffer.from(JSON.stringify(fields)) };
}

async function written(bytes: Buffer): Promise<string> {
  const file = join(await newFolder(), 'x.tar.gz');
  await writeFile(file, bytes);
  return file;
}

const hostile = async (members: readonly Member[], other?: Record<string, unknown>) =>
  refusal(await written(tarGz([manifest(members, other), ...members])));

describe('packing', () => {
  test('and unpacking gives the same run, whole, with its study beside it', async () => {
    const run = await trainedRun();
    const into = await newFolder();
    const { run: back, study } = await unpackRun(await packed(run), { into });
    expect(study).toBe('written');
    expect(back.study).toEqual(run.study);
    expect(await contents(back.folder)).toEqual(await contents(run.folder));
    expect(isWhole(await verifyRun(back.folder))).toBe(true);
    expect((await listRuns(into)).map(({ folder }) => folder)).toEqual([back.folder]);
  });

  test('the same run gives the same bytes, whatever its files’ times and modes are', async () => {
    const run = await trainedRun();
    const first = await readFile(await packed(run));
    await writeFile(join(run.folder, 'status.json'), await readFile(join(run.folder, 'status.json')), { mode: 0o600 });
    expect((await readFile(await packed(run))).equals(first)).toBe(true);
    expect(first[9]).toBe(255);
  });

  test('locks, temporaries and what is not a run’s are left out; results on request', async () => {
    const run = await trainedRun();
    for (const name of ['notes.txt', 'use-0123456789ab', 'results/.x.json.0123456789ab.tmp', 'checkpoints/old.bin'])
      await writeFile(join(run.folder, name), 'x');
    const out = join(await newFolder(), 'a.tar.gz');
    expect((await packRun(run.folder, { ...all, out })).files).toBe(13);
    expect((await packRun(run.folder, { ...all, results: false, force: true, out })).files).toBe(11);
  });

  test('a damaged run is refused, and packed by an explicit word', async () => {
    const run = await trainedRun();
    await flipBit(run, 'checkpoints/epoch-002.safetensors');
    const folder = await newFolder();
    const out = join(folder, 'a.tar.gz');
    const said = await failureOf(packRun(run.folder, { ...all, out }));
    expect(said).toContain('checkpoints/epoch-002.safetensors damaged');
    expect(await readdir(folder)).toEqual([]);
    await packRun(run.folder, { ...all, damaged: true, out });
    const { run: back } = await unpackRun(out, { into: await newFolder() });
    expect(isWhole(await verifyRun(back.folder))).toBe(false);
  });

  test('a run that is being trained is refused, and so is a place that cannot be written to', async () => {
    const run = await trainedRun();
    const lock = await lockRun(run.folder);
    expect(await failureOf(packRun(run.folder, { ...all, out: 'x' }))).toContain('a training is running');
    await lock.release();
    const out = join(await newFolder(), 'no', 'a.tar.gz');
    expect(await failureOf(packRun(run.folder, { ...all, out }))).toContain(out);
  });

  test('a study that is gone is packed from the run’s copy', async () => {
    const run = await trainedRun();
    await rm(run.studyFile);
    const into = await newFolder();
    const { run: back, studyFile } = await unpackRun(await packed(run), { into });
    expect(JSON.parse(await readFile(studyFile, 'utf8'))).toEqual(back.study);
  });
});

describe('the place of a packed run', () => {
  test('a file that is there is replaced by an explicit word alone', async () => {
    const run = await trainedRun();
    const out = await packed(run);
    await writeFile(out, 'mine');
    const said = await failureOf(packRun(run.folder, { ...all, out }));
    expect(said).toContain('there is a file of this name already');
    expect(said).toContain('--force');
    expect(await readFile(out, 'utf8')).toBe('mine');
    await packRun(run.folder, { ...all, force: true, out });
    expect((await readFile(out)).length).toBeGreaterThan(500);
  });

  test.each([false, true])('a folder or a device is no file to write, by force (%s) or without', async (force) => {
    const { folder } = await trainedRun();
    const place = await newFolder();
    expect(await failureOf(packRun(folder, { ...all, force, out: place }))).toMatch(
      /a run cannot be packed into this: found a folder, expected the name of a file.*--out/,
    );
    expect(await failureOf(packRun(folder, { ...all, force, out: '/dev/null' }))).toContain('found a device');
    expect(await readdir(place)).toEqual([]);
  });

  test('what a killed packing has left is removed by the next', async () => {
    const { folder } = await trainedRun();
    const out = join(await newFolder(), 'a.tar.gz');
    const [, tag = ''] = /\.a\.tar\.gz\.(.*)-[0-9a-f]{6}\.tmp$/.exec(temporaryBeside(out)) ?? [];
    // Of a process of this machine that is gone.
    const left = `.a.tar.gz.${tag.replace(String(process.pid), '99999999')}-0123ab.tmp`;
    await writeFile(join(out, '..', left), 'x');
    await packRun(folder, { ...all, out });
    expect(await readdir(join(out, '..'))).toEqual(['a.tar.gz']);
  });

  test('what was to be deleted is not packed', async () => {
    const run = await trainedRun();
    const file = join(run.folder, 'checkpoints/epoch-001.safetensors');
    const bytes = await readFile(file);
    await pruneRun(run, parseKeepRule('0,4'));
    await writeFile(file, bytes);
    const { run: back } = await whileUsing(run.folder, async () =>
      unpackRun(await packed(run), { into: await newFolder() }),
    );
    expect(await readdir(join(back.folder, 'checkpoints'))).toEqual(['epoch-000.safetensors', 'epoch-004.safetensors']);
    expect(isWhole(await verifyRun(back.folder))).toBe(true);
  });
});

describe('unpacking', () => {
  test('overwrites nothing', async () => {
    const file = await packed();
    const into = await newFolder();
    await unpackRun(file, { into });
    const before = await contents(into);
    expect(await failureOf(unpackRun(file, { into }))).toContain('this run is there already: found the same run');
    expect(await contents(into)).toEqual(before);
  });

  test('says what else is in its place: another run, a folder that is none, a file', async () => {
    const file = await packed();
    const into = await newFolder();
    const { run } = await unpackRun(file, { into });
    const manifestFile = join(run.folder, 'run.json');
    const fields = JSON.parse(await readFile(manifestFile, 'utf8')) as object;
    await writeFile(manifestFile, JSON.stringify({ ...fields, createdAt: '2020-01-01T00:00:00.000Z' }));
    expect(await failureOf(unpackRun(file, { into }))).toContain('found another run');
    await rm(manifestFile);
    expect(await failureOf(unpackRun(file, { into }))).toContain('found a folder without a run.json');
    await rm(run.folder, { recursive: true });
    await writeFile(run.folder, '');
    expect(await failureOf(unpackRun(file, { into }))).toContain('found a file');
  });

  test('killed at any moment, the same again completes it', async () => {
    const file = await packed();
    const whole = await newFolder();
    const done = await unpackRun(file, { into: whole });
    const want = await contents(whole);
    // The study file comes first, then the run gets its name.
    const into = await newFolder();
    await cp(done.studyFile, join(into, 'demo.epochlens.json'));
    expect((await unpackRun(file, { into })).study).toBe('same');
    expect(await contents(into)).toEqual(want);
  });

  test('where the run cannot get its name, no study file stays', async () => {
    const file = await packed();
    const into = await newFolder();
    const [, name = ''] = /"run": "([^"]+)"/.exec(gunzipSync(await readFile(file)).toString('latin1')) ?? [];
    const target = join(into, '.epochlens/runs/demo', name);
    // Somebody else makes it while it is unpacked.
    let made = false;
    const progress = (): void => {
      if (made) return;
      made = true;
      setTimeout(() => {
        mkdirSync(join(target, 'x'), { recursive: true });
      }, 3);
    };
    const said = await failureOf(unpackRun(file, { into, progress }));
    expect(said).toContain(name);
    expect(await readdir(into)).toEqual(['.epochlens']);
    expect(await readdir(join(target, '..'))).toEqual([name]);
  });

  test('a study of the same name stays as it is', async () => {
    const into = await newFolder();
    await writeFile(join(into, 'demo.epochlens.json'), '{ "name": "mine" }');
    const { study } = await unpackRun(await packed(), { into });
    expect(study).toBe('other');
    expect(await readFile(join(into, 'demo.epochlens.json'), 'utf8')).toBe('{ "name": "mine" }');
  });

  test('a run that lay elsewhere knows its study file from its new place', async () => {
    const run = await trainedRun();
    const text = await readFile(join(run.folder, 'run.json'), 'utf8');
    expect(text).toContain('"../../../../demo.epochlens.json"');
    const file = join(await newFolder(), 'deep', 'x.tar.gz');
    await mkdir(join(file, '..'));
    await packRun(run.folder, { ...all, out: file });
    const into = await newFolder();
    const { run: back } = await unpackRun(file, { into });
    expect(back.studyFile).toBe(join(into, 'demo.epochlens.json'));
  });

  test('a bit anywhere, or an end too early, is refused, and nothing is left', async () => {
    const file = await packed();
    const bytes = await readFile(file);
    for (const at of [0, 3, 0.1, 0.3, 0.5, 0.7, 0.9]) {
      const place = at < 1 ? Math.floor(at * bytes.length) : at;
      const flipped = Buffer.from(bytes);
      flipped[place] = (flipped[place] ?? 0) ^ 4;
      if (gunzips(flipped)?.equals(gunzipSync(bytes)) === true) continue;
      expect(await refusal(await written(flipped))).toMatch(/^InputError/);
    }
    for (const length of [0, 5, 100, bytes.length >> 1, bytes.length - 9])
      expect(await refusal(await written(bytes.subarray(0, length)))).toContain('not a whole packed run');
  });

  test('a bit of a member inside is named', async () => {
    const file = await packed();
    const tar = gunzipSync(await readFile(file));
    const at = tar.indexOf('checkpoint 3 ') + 5;
    tar[at] = (tar[at] ?? 0) ^ 1;
    expect(await refusal(await written(gzipSync(tar)))).toContain('run/checkpoints/epoch-003.safetensors');
  });

  test('what is no packed run is refused', async () => {
    expect(await refusal('/nowhere/x.tar.gz')).toContain('no such file');
    expect(await refusal(tmpdir())).toContain('this is not a packed run: found a folder');
    expect(await refusal('/dev/null')).toContain('this is not a packed run: found a device');
    expect(await refusal(await written(Buffer.from('hello')))).toContain('not a whole packed run');
    expect(await refusal(await written(gzipSync('hello')))).toContain('not a whole packed run');
    expect(await refusal(await written(tarGz([])))).toContain('not a whole packed run');
    const other = { path: 'README.md', content: Buffer.from('x') };
    expect(await refusal(await written(tarGz([other])))).toContain('does not begin with');
  });

  const file = (path: string, content = 'x', header?: Record<string, unknown>): Member => ({
    path,
    content: Buffer.from(content),
    ...(header && { header }),
  });

  test.each(['../x', '/etc/x', 'run/../../x', 'run/x', 'run/results/../run.json', 'run/checkpoints/a/b', 'run\\x'])(
    'a member %j is refused',
    async (path) => {
      expect(await hostile([file(path)])).toContain('not a file of a run');
    },
  );

  test.each(['..', '.', '', 'a/b', 'a\\b', 'c:', '.hidden', 'a\u0000b', 'x'.repeat(300)])(
    'a run or a study called %j is refused',
    async (name) => {
      const members = [file('run/run.json', '{}')];
      expect(await hostile(members, { run: name })).toContain('not a whole packed run');
      expect(await hostile(members, { study: name })).toContain('not a whole packed run');
      expect(await hostile(members, { studyFile: name })).toContain('not a whole packed run');
    },
  );

  test.each(['SymbolicLink', 'Link', 'CharacterDevice', 'BlockDevice', 'FIFO', 'Directory'])(
    'a %s is refused',
    async (type) => {
      const link = file('run/log.txt', '', { type, linkpath: '/etc/passwd' });
      expect(await hostile([link])).toMatch(/is a |not a whole packed run/);
    },
  );

  test('members that its list does not name, in another order, of another size, twice', async () => {
    const [a, b] = [file('run/log.txt'), file('run/run.json', '{}')];
    const unpackOf = async (list: readonly Member[], members: readonly Member[]) =>
      refusal(await written(tarGz([manifest(list), ...members])));
    expect(await unpackOf([a], [a, b])).toContain('is not what its list says');
    expect(await unpackOf([a, b], [b, a])).toContain('is not what its list says');
    expect(await unpackOf([a], [file('run/log.txt', 'longer')])).toContain('is not what its list says');
    expect(await unpackOf([a, b], [a])).toContain('ends before run/run.json');
    expect(await unpackOf([a, a], [a, a])).toContain('names a file twice');
    expect(await unpackOf([a], [a])).toContain('no run.json');
  });

  test('a bomb, and a newer format', async () => {
    const small = file('run/log.txt');
    const huge = [{ path: 'run/log.txt', bytes: 1e10, sha256: '0'.repeat(64) }];
    expect(await hostile([small], { members: huge })).toContain('no run is packed so small');
    const zeros = { path: 'run/log.txt', content: Buffer.alloc(70_000_000) };
    expect(await refusal(await written(tarGz([manifest([small]), zeros])))).toContain('not a whole packed run');
    expect(await hostile([small], { format: 2 })).toContain('newer format');
  });

  test('a run.json that is none is refused in the end', async () => {
    expect(await hostile([file('run/run.json', '{}')])).toContain('run.json');
  });

  test('cancelled, nothing is left', async () => {
    const into = await newFolder();
    const controller = new AbortController();
    const file = await packed();
    const work = unpackRun(file, { into, signal: controller.signal, progress: () => controller.abort() });
    await expect(work).rejects.toMatchObject({ name: 'CancelledError' });
    expect(await readdir(into, { recursive: true })).toEqual([]);
  });
});

function gunzips(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes);
  } catch {
    return undefined;
  }
}
