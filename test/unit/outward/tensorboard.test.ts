import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crc32c, maskedCrc32c } from '../../../src/outward/tensorboard/crc32c';
import { createEventFile } from '../../../src/outward/tensorboard/eventFile';
import { folderNames, folderOfRun } from '../../../src/outward/tensorboard/folders';
import { entryEvent, versionEvent, type Entry } from '../../../src/outward/tensorboard/messages';
import { framed, readRecords } from '../../../src/outward/tensorboard/records';
import type { RunFacts } from '../../../src/comparison';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('crc32c', () => {
  it('gives the values of RFC 3720, B.4, and of the usual check', () => {
    expect(crc32c(ascii('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, at) => at))).toBe(0x46dd794e);
  });

  it('is masked as TFRecord files have it', () => {
    // By hand: 0xe3069283 turned right by 15 bits is 0x2507c60d; plus 0xa282ead8 it is 0xc78ab0e5.
    expect(maskedCrc32c(ascii('123456789'))).toBe(0xc78ab0e5);
  });
});

describe('an event', () => {
  it('of the version is the bytes that PyTorch’s SummaryWriter begins a file with', () => {
    // wall_time 1.5 as a double, then field 3 with 13 bytes.
    const expected = [0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x1a, 13, ...ascii('brain.Event:2')];
    expect([...versionEvent(1.5)]).toEqual(expected);
  });

  it('of a number has its tag, its step and a float', () => {
    const event = entryEvent({ tag: 'a', step: 300, wallTime: 0, content: { kind: 'scalar', value: 0.5 } });
    const value = [0x0a, 1, 0x61, 0x15, 0, 0, 0, 0x3f];
    const expected = [0x09, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0xac, 0x02, 0x2a, 10, 0x0a, 8, ...value];
    expect([...event]).toEqual(expected);
  });
});

const number = (tag: string, step: number, value: number): Entry => {
  return { tag, step, wallTime: 1000 + step, content: { kind: 'scalar', value } };
};

describe('a file of events', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'epochlens-events-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const place = () => ({ folder, id: 'run-1', begin: 1000.7 });
  const bring = (...entries: Entry[]) => createEventFile(place()).bring(entries);
  const bytes = async (): Promise<Buffer> => {
    const [name = '', ...others] = await readdir(folder);
    expect(others).toEqual([]);
    return readFile(join(folder, name));
  };

  it('grows by what is new, and is the same bytes as one written at once', async () => {
    const all = [number('a', 0, 1), number('b', 0, 2), number('a', 1, 3)];
    expect((await bring(...all.slice(0, 1)))?.added).toBe(1);
    const first = await bytes();
    expect((await bring(...all))?.added).toBe(2);
    expect((await bring(...all))?.added).toBe(0);
    const grown = await bytes();
    expect(grown.subarray(0, first.length)).toEqual(first);
    expect(await readdir(folder)).toEqual(['events.out.tfevents.0000001000.run-1.000']);
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await bring(...all);
    expect(await bytes()).toEqual(grown);
  });

  it('takes results that come late for earlier steps', async () => {
    await bring(number('a', 0, 1), number('a', 1, 3));
    expect((await bring(number('a', 0, 1), number('late', 0, 2), number('a', 1, 3)))?.added).toBe(1);
    expect(await readdir(folder)).toEqual(['events.out.tfevents.0000001000.run-1.000']);
  });

  it.each([
    ['a number has changed', [number('a', 0, 1), number('a', 1, 4)]],
    ['a number is no longer known', [number('a', 0, 1)]],
    ['an earlier one came in between', [number('a', 0, 1), { ...number('a', 1, 3), step: 0.5 }, number('a', 1, 3)]],
  ])('is replaced by one of the next name where %s', async (_, wanted) => {
    await bring(number('a', 0, 1), number('a', 1, 3));
    const leaving = await createEventFile(place()).bring(wanted, () => false);
    expect(leaving).toBeUndefined();
    await bring(...wanted.map((each) => ({ ...each, step: Math.floor(each.step) })));
    const [before, after, ...others] = (await readdir(folder)).sort();
    expect([before, after, ...others]).toEqual([0, 1].map((at) => `events.out.tfevents.0000001000.run-1.00${at}`));
    // A reader has had the time to go on.
    await utimes(join(folder, before ?? ''), 0, 0);
    await bring(...wanted.map((each) => ({ ...each, step: Math.floor(each.step) })));
    expect(await readdir(folder)).toEqual([after]);
  });

  it('leaves tags that are not meant', async () => {
    await bring(number('a', 0, 1), number('heatmaps/x', 0, 9));
    const written = await createEventFile(place()).bring([number('a', 0, 1), number('a', 1, 2)], (tag) =>
      tag.startsWith('heatmaps/'),
    );
    expect(written?.added).toBe(1);
    expect(readRecords(await bytes()).records).toHaveLength(5);
  });

  it('drops the half of a record that a kill left', async () => {
    const file = (await bring(number('a', 0, 1)))?.file ?? '';
    await appendFile(file, framed(new Uint8Array(40)).subarray(0, 30));
    await bring(number('a', 0, 1), number('a', 1, 2));
    const whole = await bytes();
    expect(readRecords(whole)).toMatchObject({ length: whole.length });
    expect(readRecords(whole).records).toHaveLength(4);
  });
});

describe('the folders of runs', () => {
  const facts = (id: string, recipe: string, seed: number): RunFacts =>
    ({
      run: `/runs/${id}`,
      id,
      recipe,
      seed,
      studyFile: '/s.epochlens.json',
      studyName: 's',
      settings: { recipe },
      state: 'finished',
      createdAt: id,
    }) as unknown as RunFacts;

  it('are called by recipe and seed, and repeated runs by their ids, too', () => {
    const names = folderNames([facts('1', 'a/b: "x"', 1), facts('2', 'plain', 2), facts('3', 'plain', 2)]);
    expect([...names.entries()].sort()).toEqual([
      ['/runs/1', 'a-b- -x-, seed 1'],
      ['/runs/2', 'plain, seed 2 (2)'],
      ['/runs/3', 'plain, seed 2'],
    ]);
  });

  it('follow a run’s name, but not while it is written, and never are another run’s', async () => {
    const out = await mkdtemp(join(tmpdir(), 'epochlens-events-'));
    const make = async (id: string, name: string, isFree: boolean) => {
      const folder = await folderOfRun(out, id, name, isFree);
      await createEventFile({ folder, id, begin: 1 }).bring([]);
      return folder.slice(out.length + 1);
    };
    expect(await make('1', 'first', false)).toBe('first');
    expect(await make('1', 'second', false)).toBe('first');
    expect(await make('1', 'second', true)).toBe('second');
    expect(await make('2', 'second', true)).toBe('second (2)');
    expect(await readdir(out)).toEqual(['second', 'second (2)']);
    await rm(out, { recursive: true });
  });
});
