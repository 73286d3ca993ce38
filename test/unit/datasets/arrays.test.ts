import { rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/common/errors';
import { checkDataFiles, loadDataset, loadTestImages, openData, readDataFacts } from '../../../src/datasets';
import { describeDataset, loadRunData, openRunData } from '../../../src/datasets/runData';
import { inMemory } from '../../../src/datasets/imageSource';
import { openNpy } from '../../../src/datasets/npy/file';
import { parseStudy } from '../../../src/study';
import { temporaryFolder } from './cifarFiles';
import { NUMPY_FILES, numpyFile as content } from './npyFiles';

const SIZE = 4 * 4 * 3;
const PIXELS = Uint8Array.from({ length: 5 * SIZE }, (_, at) => (at * 7) % 256);
const LABELS = [2, 0, 1, 2, 0];

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  await put('rgb');
  await put('labels <i8');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(name: string, as = name): Promise<void> {
  await writeFile(join(folder, `${as}.npy`), content(name));
}

const settings = (images = 'rgb', labels = 'labels <i8') =>
  ({ kind: 'arrays', folder, images: `${images}.npy`, labels: `${labels}.npy` }) as const;
const trained = () => ({ ...settings(), train: { images: 'rgb.npy', labels: 'labels <i8.npy' } });
const load = (of: ReturnType<typeof settings>) => loadDataset(of, { studyFolder: '/', sets: 'any' });
const pixelsOf = async (of: ReturnType<typeof settings>) => inMemory((await load(of)).test).pixels;

async function messageOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => new Error('it worked')).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message;
}

describe('arrays as NumPy writes them', () => {
  it.each(['rgb', 'rgb, version 2', 'rgb, version 3', 'planes'])('gives the images of %s', async (name) => {
    await put(name);
    const { test, train, classNames } = await load(settings(name));
    expect(test).toMatchObject({ count: 5, height: 4, width: 4 });
    expect(await pixelsOf(settings(name))).toEqual(PIXELS);
    expect([...test.labels]).toEqual(LABELS);
    expect(train.count).toBe(0);
    expect(classNames).toEqual(['0', '1', '2']);
  });

  it.each(['grey', 'grey, one channel', 'grey, one plane'])('gives %s images as three equal channels', async (name) => {
    await put(name);
    expect(await pixelsOf(settings(name))).toEqual(PIXELS.map((_, at) => PIXELS[at - (at % 3)] as number));
  });

  it.each(Object.keys(NUMPY_FILES).filter((name) => /^(labels|column|fortran labels)/.test(name)))(
    'reads the labels of %s',
    async (name) => {
      await put(name);
      expect([...(await load(settings('rgb', name))).test.labels]).toEqual(LABELS);
    },
  );

  it('reads single images where they lie, in any order', async () => {
    const { test } = await openData(settings(), '/');
    const { pixels, labels } = await test.read([4, 0, 1, 1]);
    const image = (index: number): number[] => [...PIXELS.subarray(index * SIZE, (index + 1) * SIZE)];
    expect([...pixels]).toEqual([4, 0, 1, 1].flatMap(image));
    expect([...labels]).toEqual([0, 2, 0, 0]);
    await expect(test.read([5])).rejects.toThrow('row 5 of 5');
  });

  it('uses the first images of each set within the limits, and as many classes as without', async () => {
    const { train, test, classNames } = await loadDataset(
      { ...trained(), trainLimit: 3, testLimit: 2 },
      { studyFolder: '/' },
    );
    expect([train.count, test.count, classNames.length]).toEqual([3, 2, 3]);
    expect([...test.labels]).toEqual([2, 0]);
    expect(await readDataFacts(trained(), '/')).toEqual({ train: 5, test: 5 });
  });

  it('is a data set of a study, whose paths are relative to its file', async () => {
    const text = JSON.stringify({
      name: 'x',
      dataset: { kind: 'arrays', images: 'rgb.npy', labels: 'labels <i8.npy' },
    });
    const parsed = parseStudy(text, 'x.epochlens.json');
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { dataset } = parsed.study;
    expect((await loadDataset(dataset, { studyFolder: folder, sets: 'any' })).test.count).toBe(5);
    expect((await loadTestImages({ ...trained(), classNames: ['a', 'b', 'c'] })).classNames).toEqual(['a', 'b', 'c']);
  });
});

describe('what a run was made with', () => {
  it('is known by the used rows of each file', async () => {
    const dataset = await loadDataset({ ...trained(), trainLimit: 4 }, { studyFolder: '/' });
    expect(dataset.files?.map(({ name, records }) => [name, records])).toEqual([
      ['rgb.npy', 5],
      ['labels <i8.npy', 5],
    ]);
    const checked = await checkDataFiles('arrays', folder, dataset.files ?? []);
    expect(checked.map(({ differs }) => differs)).toEqual([undefined, undefined]);
    await put('planes', 'rgb');
    await rm(join(folder, 'labels <i8.npy'));
    expect((await checkDataFiles('arrays', folder, dataset.files ?? [])).map(({ differs }) => differs)).toEqual([
      'its images are not those that the run was trained on',
      'it is gone, and the run was trained on it',
    ]);
  });

  it('is refused where it has changed', async () => {
    const study = { dataset: settings() };
    const manifest = { dataset: describeDataset(await load(settings())) };
    const run = { folder, study, studyFolder: '/', manifest };
    expect((await loadRunData(run)).test.count).toBe(5);
    const other = content('rgb');
    other.writeUInt8(1, other.length - 1);
    await writeFile(join(folder, 'rgb.npy'), other);
    expect(await messageOf(loadRunData(run))).toMatch('not what the run was made with');
    const { test } = await openRunData(run);
    expect(await messageOf(test.read([0]))).toMatch(
      'rgb.npy: the data is not what the run was made with: found other bytes',
    );
  });
});

describe('what is refused', () => {
  it.each([
    ['fortran', 'the array lies by columns: found uint8 of shape [5, 4, 4, 3] in Fortran order'],
    ['float', 'the images are no bytes: found float32 of shape [5, 4, 4, 3], expected uint8'],
    ['int64 images', 'the images are no bytes'],
    ['oblong', 'images that are not square: found uint8 of shape [5, 3, 4, 3]'],
    ['four channels', 'an array of another shape than images have'],
    ['flat', 'an array of another shape than images have'],
    ['objects', 'the elements cannot be read: found pickled Python objects'],
    ['records', 'the elements cannot be read: found records of several fields'],
    ['texts', 'the elements cannot be read: found elements of type "<U1"'],
    ['no axes', 'the array is empty'],
    ['no rows', 'the array is empty'],
    ['zip', 'not an .npy file: found a zip archive, such as an .npz file'],
  ])('refuses images of %s', async (name, message) => {
    await put(name);
    expect(await messageOf(load(settings(name)))).toMatch(message);
  });

  it.each([
    ['one-hot', 'the labels are no list of integers: found uint8 of shape [5, 3]'],
    ['float labels', 'the labels are no list of integers'],
    ['negative label', 'image 1 (counted from 0): a label is no class: found label -1'],
    ['large label', 'found label 1099511627776, expected a label of 0 to 65534'],
    ['four labels', 'the labels do not fit the images: found 4 labels, expected 5, as many as images in rgb.npy'],
  ])('refuses %s', async (name, message) => {
    await put(name);
    expect(await messageOf(load(settings('rgb', name)))).toMatch(message);
  });

  it('refuses labels that the named classes do not have', async () => {
    expect(await messageOf(load({ ...settings(), ...{ classNames: ['a', 'b'] } }))).toMatch(
      'found label 2, expected a label of 0 to 1',
    );
  });

  it('refuses a file that is cut short, longer, absent or a folder', async () => {
    await truncate(join(folder, 'rgb.npy'), content('rgb').length - 1);
    expect(await messageOf(load(settings()))).toMatch('the file is cut short: found 367 bytes, expected 368');
    await writeFile(join(folder, 'rgb.npy'), Buffer.concat([content('rgb'), Buffer.alloc(1)]));
    expect(await messageOf(load(settings()))).toMatch('the file is longer than its array');
    expect(await messageOf(load(settings('absent')))).toMatch('absent.npy: the .npy file cannot be read');
    expect(await messageOf(load({ ...settings(), images: '.' as 'rgb.npy' }))).toMatch('not a file');
  });

  it('has nothing to train on where no training images are named', async () => {
    const work = loadDataset(settings(), { studyFolder: '/' });
    expect(await messageOf(work)).toMatch('dataset.train: the study names no training images');
  });
});

describe('hostile headers', () => {
  const header = (text: string | Uint8Array, version = 1): Promise<unknown> => {
    const body = typeof text === 'string' ? Buffer.from(`${text}\n`, 'latin1') : text;
    const head = Buffer.alloc(version === 1 ? 10 : 12);
    head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
    if (version === 1) head.writeUInt16LE(body.length, 8);
    else head.writeUInt32LE(body.length, 8);
    return writeFile(join(folder, 'x.npy'), Buffer.concat([head, body])).then(() => openNpy(join(folder, 'x.npy')));
  };

  it.each([
    ["{'descr': '|u1', 'fortran_order': False, 'shape': __import__('os').system('x'), }", 'damaged'],
    ["{'descr': '|u1', 'fortran_order': False, 'shape': (9999999999, 9999999999), }", 'the shape'],
    ["{'descr': '|u1', 'fortran_order': False, 'shape': (100000, 3000, 3000, 3), }", 'cut short'],
    ["{'descr': '|u1', 'fortran_order': False, 'shape': (-1,), }", 'damaged'],
    ["{'descr': '|u1', 'fortran_order': False, 'shape': (1.5,), }", 'damaged'],
    ["{'descr': '|u1', 'fortran_order': False, 'shape': (5), }", 'the shape (5)'],
    ["{'descr': '|u1', 'fortran_order': 0, 'shape': (5,), }", 'damaged'],
    ["{'descr': '|u1', 'shape': (5,), }", 'damaged'],
    ["{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (5,), }", 'damaged'],
    ["{'descr': '|u1', 'fortran_order': False, 'shape': (5,), 'more': True}", 'damaged'],
  ])('refuses %s', async (text, message) => {
    const start = performance.now();
    expect(await messageOf(header(text))).toMatch(message);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('refuses thousands of axes or fields at once, and nothing', async () => {
    const axes = `{'descr': '|u1', 'fortran_order': False, 'shape': (${'1,'.repeat(4000)}), }`;
    expect(await messageOf(header(axes))).toMatch('the shape');
    expect(await messageOf(header(`{${"'descr': ".repeat(1000)}`))).toMatch('damaged');
    expect(await messageOf(header(''))).toMatch('damaged');
  });

  it('refuses a header longer than the file, than NumPy trusts, and of a later version', async () => {
    expect(await messageOf(header(new Uint8Array(20_000)))).toMatch('a header of 20000 bytes');
    expect(await messageOf(header("{'descr': '|u1'}", 4))).toMatch('version 4.0');
    await writeFile(join(folder, 'x.npy'), content('rgb').subarray(0, 40));
    expect(await messageOf(openNpy(join(folder, 'x.npy')))).toMatch('damaged');
    await writeFile(join(folder, 'x.npy'), content('rgb').subarray(0, 7));
    expect(await messageOf(openNpy(join(folder, 'x.npy')))).toMatch('damaged');
  });

  it('takes what Python 2 wrote', async () => {
    const head = "{'fortran_order': False, 'shape': (0x1,), 'descr': '|u1'}";
    expect(await messageOf(header(head))).toMatch('damaged');
    const old = Buffer.from("{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 1L)}\n\x05\x06", 'latin1');
    const file = Buffer.concat([Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, old.length - 2, 0]), old]);
    await writeFile(join(folder, 'x.npy'), file);
    expect(await openNpy(join(folder, 'x.npy'))).toMatchObject({ shape: [2, 1], rows: 2, rowBytes: 1 });
  });
});
