import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputError } from '../../../src/common/errors';
import { checkDataFiles, loadDataset, openData, readClassNames, readImages, settingsFor } from '../../../src/datasets';
import { datasetSchema } from '../../../src/datasets/datasetKinds';
import { byCodePoint } from '../../../src/datasets/imageFolder/codePoints';
import { describeDataset, openRunData } from '../../../src/datasets/runData';
import { encodePng } from '../../../src/imaging';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-folder-'));
  process.env['EPOCHLENS_CACHE'] = join(folder, '.cache');
});
afterEach(async () => {
  delete process.env['EPOCHLENS_CACHE'];
  await rm(folder, { recursive: true, force: true });
});

/** A picture of one colour. */
const png = (level: number, height = 8, width = 8): Uint8Array =>
  encodePng({ height, width, pixels: new Uint8Array(height * width * 3).fill(level) });

/** A picture of its own at each path, in order, or what is given there. */
async function put(paths: readonly string[] | Record<string, string | Uint8Array>): Promise<void> {
  const files = Array.isArray(paths)
    ? (paths as readonly string[]).map((path, at) => [path, png(at)] as const)
    : Object.entries(paths as Record<string, string | Uint8Array>);
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

const settingsOf = (own: object = {}) => datasetSchema.parse({ kind: 'folder', folder, size: 8, ...own });
const load = (own: object = {}, sets: 'both' | 'any' = 'any') =>
  loadDataset(settingsOf(own), { studyFolder: '/', sets });
const failure = async (work: Promise<unknown>): Promise<InputError['problem'] & { summary: string }> => {
  const error = (await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )) as InputError | undefined;
  return { summary: error?.summary ?? 'none', ...error?.problem };
};
const names = (count: number, at: string): string[] => Array.from({ length: count }, (_, i) => `${at}/${i}.png`);

describe('classes', () => {
  it('are folders by code point, whatever they are called; what systems leave behind is none', async () => {
    await put([
      'ä b/1.PNG',
      'ä b/nested/deep/2.png',
      'zebra/1.png',
      'Zebra/1.png',
      '\u{1f408}/1.png',
      '\uffee/1.png',
      '.hidden/1.png',
      '__MACOSX/1.png',
      'zebra/.DS_Store',
      'zebra/Thumbs.db',
      'zebra/._1.png',
      'zebra/notes.txt',
    ]);
    const { test, classNames } = await load({ testFraction: 1 });
    expect(classNames).toEqual(['Zebra', 'zebra', 'ä b', '\uffee', '\u{1f408}']);
    expect([...test.labels]).toEqual([0, 1, 2, 3, 4, 2]);
    expect(['b', 'a', '\u{1f408}', '\uffee'].sort(byCodePoint)).toEqual(['a', 'b', '\uffee', '\u{1f408}']);
  });

  it('can be chosen, ordered and renamed', async () => {
    await put(['a/1.png', 'b/1.png', 'c/1.png']);
    const chosen = await load({ testFraction: 1, classNames: ['c', 'a'] });
    expect([chosen.classNames, [...chosen.test.labels]]).toEqual([
      ['c', 'a'],
      [0, 1],
    ]);
    expect([...(await readImages(chosen.test, [0, 1])).pixels.subarray(0, 1)]).toEqual([2]);
    expect((await load({ testFraction: 1, classNames: { b: 'bee', a: 'ay' } })).classNames).toEqual(['bee', 'ay']);
    expect(await failure(load({ classNames: ['a', 'dog'] }))).toMatchObject({ found: '"dog"' });
  });

  it('of links are followed inside alone, and never in circles', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'epochlens-outside-'));
    await put(['a/1.png', 'a/2.png', 'b/1.png']);
    await writeFile(join(outside, 'secret.png'), png(9));
    await symlink(join(outside, 'secret.png'), join(folder, 'b', 'secret.png'));
    await symlink(outside, join(folder, 'c'));
    await symlink('../a/1.png', join(folder, 'b', 'inside.png'));
    await symlink('..', join(folder, 'a', 'above'));
    await symlink('nowhere', join(folder, 'b', 'broken.png'));
    const { test, classNames } = await load({ testFraction: 1 });
    expect([classNames, [...test.labels].filter((label) => label === 1)]).toEqual([
      ['a', 'b'],
      [1, 1],
    ]);
    await rm(outside, { recursive: true });
  });

  it.each([
    [{}, 'a folder of pictures without classes', 'no pictures'],
    [
      { 'loose.png': png(1) },
      'a folder of pictures without classes',
      '1 pictures in the folder itself, which have no class there',
    ],
    [{ 'a/1.png': png(1), 'a/2.png': png(2) }, 'pictures of one class only', 'one class, "a"'],
    [{ 'a/1.png': png(1), 'b/notes.txt': '' }, 'a class without pictures', 'b'],
  ])('%# are refused where there is nothing to learn', async (files, summary, found) => {
    await put(files);
    expect(await failure(load())).toMatchObject({ summary, found });
  });

  it('are missing where the folder is', async () => {
    expect(await failure(load({ folder: join(folder, 'gone') }))).toMatchObject({
      summary: 'the folder of pictures does not exist',
    });
  });
});

describe('test images', () => {
  it('are a seeded share of each class, and stay where they are when a picture is added', async () => {
    await put([...names(20, 'a'), ...names(10, 'b'), ...names(2, 'c')]);
    const { train, test } = await load();
    expect([train.count, test.count]).toEqual([25, 7]);
    expect([...test.labels].sort()).toEqual([0, 0, 0, 0, 1, 1, 2]);
    const levels = async (seed: number) => {
      const { test: set } = await load({ seed });
      const { pixels } = await readImages(set, [...set.labels.keys()]);
      return new Set([...set.labels.keys()].map((at) => pixels[at * 192]));
    };
    const before = await levels(1);
    expect(await levels(1)).toEqual(before);
    expect(await levels(2)).not.toEqual(before);
    await put({ 'a/new.png': png(200) });
    const after = await levels(1);
    expect([...before].filter((level) => !after.has(level)).length).toBeLessThanOrEqual(1);
    expect((await load({ testFraction: 1 })).train.count).toBe(0);
    expect((await load({ testFraction: 0 })).test.count).toBe(0);
  });

  it('are those of test/ before val/, and it is said', async () => {
    await put(['train/a/1.png', 'train/b/1.png', 'val/a/2.png', 'val/b/2.png', 'val/b/3.png', 'test/a/4.png']);
    expect((await load()).description).toBe(
      `2 training and 1 test images of 2 classes from ${folder} (test images from test/; val/ is not used)`,
    );
    const val = await load({ testFolder: 'val' });
    expect([val.train.count, val.test.count, val.description.includes('test images from val/')]).toEqual([2, 3, true]);
    expect(await failure(load({ testFolder: 'dev' }))).toMatchObject({ place: 'dataset.testFolder' });
    await put(['val/dog/1.png']);
    expect(await failure(load({ testFolder: 'val' }))).toMatchObject({ found: 'dog' });
  });

  it('of a class that is called train are pictures', async () => {
    await put([...names(5, 'train'), ...names(5, 'car')]);
    expect((await load()).classNames).toEqual(['car', 'train']);
  });

  it('of Tiny-ImageNet have their labels in a table', async () => {
    await put({
      'train/n01443537/images/n01443537_0.JPEG': png(1),
      'train/n01443537/n01443537_boxes.txt': '',
      'train/n01629819/images/n01629819_0.JPEG': png(2),
      'val/images/val_0.JPEG': png(3),
      'val/images/val_1.JPEG': png(4),
      'val/val_annotations.txt': 'val_0.JPEG\tn01629819\t0\t32\t44\t62\nval_1.JPEG\tn01443537\t0\t0\t1\t1\n',
      'test/images/test_0.JPEG': png(5),
      'wnids.txt': 'n01629819\nn01443537\n',
      'words.txt': 'n01443537\tgoldfish, Carassius auratus\nn01629819\tEuropean fire salamander, Salamandra\n',
    });
    const { train, test, classNames, description } = await load();
    expect(classNames).toEqual(['goldfish', 'European fire salamander']);
    expect([train.count, [...test.labels]]).toEqual([2, [0, 1]]);
    expect((await readImages(test, [0])).pixels[0]).toBe(4);
    expect(description).toContain('(test/ has no labels; test images from val/)');
    await writeFile(join(folder, 'val/val_annotations.txt'), 'val_0.JPEG\tn01443537\nval_1.JPEG\tn01443537\n');
    expect([...(await load()).test.labels]).toEqual([0, 0]);
  });

  it('of Imagenette are called by its names', async () => {
    await put(['train/n01440764/a.JPEG', 'train/n03888257/b.JPEG', 'val/n01440764/c.JPEG', 'val/n03888257/d.JPEG']);
    expect((await load()).classNames).toEqual(['tench', 'parachute']);
  });
});

describe('a table', () => {
  it('has paths, labels and splits, with a header or without, by any delimiter', async () => {
    await put(['p/1.png', 'p/2 ü.png', 'q/3.png', 'q/4.png']);
    await put({
      'labels.csv':
        '\ufefflabel,path,split\r\ncat,p/1.png,train\r\ndog,"p/2 ü.png",train\r\ncat,q/3.png,valid\r\ndog,./q/4.png,valid\r\n',
      'plain.csv': 'p/1.png;10\np\\2 ü.png;9\nq/3.png;9\nq/4.png;10\n',
    });
    const { train, test, classNames } = await load({ csv: 'labels.csv' });
    expect([classNames, train.count, [...test.labels]]).toEqual([['cat', 'dog'], 2, [0, 1]]);
    expect((await load({ csv: 'plain.csv', testFraction: 1 })).classNames).toEqual(['9', '10']);
  });

  it.each([
    ['path,label\n../x.png,cat\n', 'line 2', '../x.png'],
    ['path,label\n/etc/x.png,cat\n', 'line 2', '/etc/x.png'],
    ['path,label\np/1.png,\n', 'line 2', '"p/1.png,"'],
    ['path,label,split\np/1.png,cat,later\n', 'line 2', '"later"'],
    ['path,label\np/1.png,cat\np/1.png,dog\n', 'line 3', 'p/1.png as dog and as cat'],
    ['path,label\n', undefined, 'no lines'],
    ['', undefined, 'no lines'],
  ])('%j is refused at its line', async (text, place, found) => {
    await put(['p/1.png', 'p/2.png']);
    await put({ 'labels.csv': text });
    expect(await failure(load({ csv: 'labels.csv' }))).toMatchObject({ found, ...(place && { place }) });
  });

  it('that is not UTF-8 is refused, whose names would be others', async () => {
    await put(['p/1.png', 'p/2.png']);
    await put({ 'labels.csv': Buffer.from('path,label\np/1.png,d\u00f6g\np/2.png,cat\n', 'latin1') });
    expect(await failure(load({ csv: 'labels.csv' }))).toMatchObject({ expected: 'UTF-8' });
  });

  it('that names files that are not there is refused, or they are skipped', async () => {
    await put(['p/1.png', 'p/2.png']);
    await put({ 'labels.csv': 'path,label\np/1.png,cat\np/2.png,dog\np/3.png,dog\n' });
    const own = { csv: 'labels.csv', testFraction: 1 };
    expect(await failure(load(own))).toMatchObject({ found: 'p/3.png (no such file)' });
    await put({ 'none.csv': 'path,label\np/1.png,cat\nx/2.png,dog\n' });
    expect(await failure(load({ csv: 'none.csv' }))).toMatchObject({ found: 'x/2.png (no such file)' });
    const { test, description } = await load({ ...own, broken: 'skip' });
    expect([test.count, description.includes('one picture is skipped')]).toEqual([2, true]);
  });
});

describe('pictures', () => {
  it('are as timm’s evaluation transform gives them, turned upright and on white', async () => {
    const expected = JSON.parse(readFileSync(join(fixtures, 'imageFolder.json'), 'utf8')) as Record<string, number[]>;
    await cp(join(fixtures, 'imageFolder'), join(folder, 'a'), { recursive: true });
    await put(['b/1.png']);
    const paths = ['clear.png', 'grey.png', 'turned.JPG', 'wide.jpg'];
    for (const [size, cropFraction] of [
      [32, 0.875],
      [24, 1],
    ] as const) {
      const { test } = await load({ size, cropFraction, testFraction: 1 });
      for (const [at, name] of paths.entries()) {
        // The first of each class, then the others of the first.
        const { pixels } = await readImages(test, [at === 0 ? 0 : at + 1]);
        const wanted = expected[`${name} ${size} ${cropFraction === 1 ? '1.0' : cropFraction}`] as number[];
        const off = pixels.map((value, i) => Math.abs(value - (wanted[i] as number)));
        expect(pixels.length, name).toBe(wanted.length);
        expect(Math.max(...off), name).toBeLessThanOrEqual(1);
      }
    }
  });

  it('that are broken are named and refused, or skipped, and indices stay', async () => {
    await put([...names(6, 'a'), ...names(6, 'b')]);
    const whole = await readFile(join(fixtures, 'imageFolder/wide.jpg'));
    await put({ 'a/2.png': whole.subarray(0, 900), 'b/5.png': 'no picture', 'b/6.tiff': '' });
    const refused = await failure(load());
    expect(refused.summary).toMatch(/cannot be used/);
    const all = await failure(load({ testFraction: 1 }));
    expect(all.summary).toBe('2 pictures cannot be used');
    expect(all.found).toMatch(/a\/2\.png \(the JPEG ends too early\).*b\/5\.png \(not an image of a known format/);
    const { test, description } = await load({ testFraction: 1, broken: 'skip' });
    expect(test.count).toBe(10);
    expect(description).toMatch(/2 pictures are skipped: a\/2\.png, b\/5\.png/);
    const again = await load({ testFraction: 1, broken: 'skip' });
    expect([...again.test.labels]).toEqual([...test.labels]);
    expect(await readImages(again.test, [3, 9])).toEqual(await readImages(test, [3, 9]));
  });
});

describe('the identity of a folder', () => {
  const runOf = async (own: object = {}) => {
    const dataset = await load(own);
    return {
      folder: '/run',
      studyFolder: '/',
      study: { dataset: settingsOf(own) },
      manifest: { dataset: describeDataset(dataset) },
    };
  };

  it('is of its files, and notices what is added, removed or changed', async () => {
    await put([...names(4, 'a'), ...names(4, 'b')]);
    const run = await runOf();
    const { files, fingerprint } = run.manifest.dataset;
    expect(files?.map(({ name, records }) => [name, records])).toEqual([
      ['a', 4],
      ['b', 4],
    ]);
    expect((await load()).fingerprint).toBe(fingerprint);
    expect((await load({ size: 16 })).fingerprint).not.toBe(fingerprint);
    const read = async () => (await openRunData(run)).test.read([0, 1]);
    const checked = async () =>
      (await checkDataFiles('folder', folder, files ?? [])).map(({ differs }) => differs !== undefined);
    await read();
    expect(await checked()).toEqual([false, false]);

    await put({ 'b/9.png': png(99) });
    expect(await failure(read())).toMatchObject({ found: '5 images in place of 4' });
    expect(await checked()).toEqual([false, true]);
    await unlink(join(folder, 'b/9.png'));
    await read();

    const old = await readFile(join(folder, 'a/1.png'));
    await put({ 'a/1.png': png(77) });
    expect((await load()).fingerprint).not.toBe(fingerprint);
    expect(await failure(read())).toMatchObject({ summary: 'the data is not what the run was made with' });
    expect(await checked()).toEqual([true, false]);
    await put({ 'a/1.png': old });
    await read();
  });

  it('is that of the network’s classes where weights are named', async () => {
    await put(['a/1.png', 'b/1.png', 'b/2.png']);
    expect(await settingsFor(folder, 2, 16)).toMatchObject({ kind: 'folder', size: 16, testFraction: 1 });
    expect(await readClassNames(settingsOf(), '/')).toEqual(['a', 'b']);
    expect(await failure(settingsFor(folder, 10, 16))).toMatchObject({ found: '10 classes' });
    expect((await openData(settingsOf({ testFraction: 1 }), '/')).test.count).toBe(3);
  });
});
