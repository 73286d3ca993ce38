import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installedEngines } from '../../../src/setup/native/installed';
import { cacheFolder, nativeFolderName } from '../../../src/setup/native/location';
import { findDamage, readManifest, writeManifest, type Manifest } from '../../../src/setup/native/manifest';

const ABOUT: Omit<Manifest, 'files'> = {
  tfjsVersion: '4.22.0',
  libtensorflowVersion: '2.21.0',
  variant: 'cpu',
  origin: 'a test',
  addon: 'tfjs_binding.node',
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-manifest-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function engineIn(place: string, about = ABOUT) {
  await mkdir(join(place, 'lib'), { recursive: true });
  await writeFile(join(place, 'tfjs_binding.node'), 'abc');
  await writeFile(join(place, 'lib', 'libtensorflow.so.2'), '');
  return { folder: place, manifest: await writeManifest(place, about) };
}

describe('a manifest', () => {
  it('lists every file but itself, and is read back as it was written', async () => {
    const { manifest } = await engineIn(folder);
    expect(manifest.files.map(({ path, bytes }) => [path, bytes])).toEqual([
      ['lib/libtensorflow.so.2', 0],
      ['tfjs_binding.node', 3],
    ]);
    expect(await readManifest(folder)).toEqual(manifest);
    // Written again, it does not list its predecessor.
    expect((await writeManifest(folder, ABOUT)).files).toHaveLength(2);
  });

  it('is absent when there is none, or one that is cut off', async () => {
    expect(await readManifest(folder)).toBeUndefined();
    await writeFile(join(folder, 'manifest.json'), '{"tfjsVersion": "4.22');
    expect(await readManifest(folder)).toBeUndefined();
  });
});

describe('damage', () => {
  it('is not found in what is whole', async () => {
    const engine = await engineIn(folder);
    expect(await findDamage(engine, 'hashes')).toBeUndefined();
  });

  it('is found by the size alone when a file is cut off or missing', async () => {
    const engine = await engineIn(folder);
    await writeFile(join(folder, 'tfjs_binding.node'), 'ab');
    expect(await findDamage(engine, 'sizes')).toMatch(/tfjs_binding\.node has 2 bytes instead of 3/);
    await rm(join(folder, 'tfjs_binding.node'));
    expect(await findDamage(engine, 'sizes')).toMatch(/tfjs_binding\.node is missing/);
  });

  it('of the same size is found by the hash', async () => {
    const engine = await engineIn(folder);
    await writeFile(join(folder, 'tfjs_binding.node'), 'abd');
    expect(await findDamage(engine, 'sizes')).toBeUndefined();
    expect(await findDamage(engine, 'hashes')).toMatch(/SHA-256/);
  });
});

describe('installed engines', () => {
  it('are those of this machine, with graphics cards first and then the newest', async () => {
    const place = (version: string) => join(folder, nativeFolderName(version));
    await engineIn(place('2.9.1'), { ...ABOUT, libtensorflowVersion: '2.9.1' });
    await engineIn(place('2.21.0'));
    await engineIn(place('2.9.1_gpu'), { ...ABOUT, libtensorflowVersion: '2.9.1', variant: 'gpu' });
    await engineIn(join(folder, '4.22.0-2.30.0-plan9-mips-napi8'));
    await mkdir(place('2.40.0'));
    const engines = await installedEngines(folder);
    expect(engines.map((engine) => engine.folder)).toEqual([place('2.9.1_gpu'), place('2.21.0'), place('2.9.1')]);
  });

  it('are none where there is no folder', async () => {
    expect(await installedEngines(join(folder, 'nothing'))).toEqual([]);
  });

  it('are found through a linked cache folder', async () => {
    await engineIn(join(folder, 'real', nativeFolderName('2.21.0')));
    await symlink(join(folder, 'real'), join(folder, 'linked'));
    expect(await installedEngines(join(folder, 'linked'))).toHaveLength(1);
  });
});

describe('the cache folder', () => {
  it('is the one the person names, or the system’s', () => {
    expect(cacheFolder({ EPOCHLENS_CACHE: '/data/cache' }, 'linux')).toBe('/data/cache');
    expect(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe(join('/x', 'epochlens'));
    expect(cacheFolder({}, 'linux')).toMatch(/\.cache.epochlens$/);
    expect(cacheFolder({}, 'darwin')).toMatch(/Library.Caches.epochlens$/);
    expect(cacheFolder({ LOCALAPPDATA: 'C:\\A' }, 'win32')).toBe(join('C:\\A', 'epochlens'));
  });
});
