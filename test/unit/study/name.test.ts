import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freeName, namesakesOf, parseStudy, studyJsonSchemaText, studyNameOf } from '../../../src/study';

function nameOf(name: string): string | undefined {
  const parsed = parseStudy(JSON.stringify({ name }), 'x.epochlens.json');
  return parsed.ok ? parsed.study.name : undefined;
}

describe('the name of a study', () => {
  it.each(['é', 'Füße-co', '实验', 'опыт', 'हिन्दी', 'ab.c_d-9', '-rf', '.hidden', '验'.repeat(85)])(
    '%s is taken',
    (name) => {
      expect(nameOf(name)).toBe(name);
    },
  );

  it('is kept in NFC', () => {
    expect(nameOf('Fu\u0308\u00dfe')).toBe('Füße');
  });

  it.each([
    ...['../../evil', '/tmp/evil', '..', '.', '', 'a/b', 'a\\b', 'C:evil', 'con', 'CON', 'nul.txt', 'com1', 'v1.'],
    ...[
      'a'.repeat(101),
      '验'.repeat(86),
      '\u202e',
      'a\u202eb',
      'x\u0000y',
      'a\u200db',
      '\u3164',
      'a b',
      'a\nb',
      '😀',
      '\ud83d',
    ],
  ])('%j is refused', (name) => {
    expect(nameOf(name)).toBeUndefined();
  });

  it('is refused with one problem', () => {
    for (const name of ['a/b', '验'.repeat(86), 'a'.repeat(300)]) {
      const parsed = parseStudy(JSON.stringify({ name }), 'x.epochlens.json');
      expect(parsed.ok ? [] : parsed.problems).toHaveLength(1);
    }
  });

  it('is checked by the JSON schema as an editor reads it', () => {
    const schema = JSON.parse(studyJsonSchemaText()) as { properties: { name: { pattern: string } } };
    const pattern = new RegExp(schema.properties.name.pattern, 'u');
    expect(['Füße', '实验', 'a-1'].filter((name) => !pattern.test(name))).toEqual([]);
    expect(['a/b', 'con', '..', '\u202e', ''].filter((name) => pattern.test(name))).toEqual([]);
  });

  it('of any file name is a name', () => {
    const files = [
      'con',
      'a b',
      '\u202e',
      '..',
      '-',
      '\u3164',
      'é'.repeat(300),
      '\ud83d',
      'a\\b',
      'x\u0000y',
      'LPT9.x',
    ];
    for (const file of files) expect(nameOf(studyNameOf(`${file}.epochlens.json`))).toBeDefined();
  });
});

describe('studies of one name', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'namesakes-'));
    await writeFile(join(folder, 'a.epochlens.json'), '{ "name": "Füße" } // mine');
    await writeFile(join(folder, 'b.epochlens.json'), '{ "name": "Fu\u0308\u00dfe" }');
    await writeFile(join(folder, 'Füße-2.epochlens.json'), '{}');
    await writeFile(join(folder, 'broken.epochlens.json'), '{ "name"');
    await symlink('a.epochlens.json', join(folder, 'link.epochlens.json'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are found in either normalization; a link to the file itself is none', async () => {
    expect(await namesakesOf(join(folder, 'a.epochlens.json'), 'Füße')).toEqual([join(folder, 'b.epochlens.json')]);
    expect(await namesakesOf(join(folder, 'a.epochlens.json'), 'broken')).toEqual([
      join(folder, 'broken.epochlens.json'),
    ]);
    expect(await namesakesOf(join(folder, 'a.epochlens.json'), 'other')).toEqual([]);
  });

  it('get the next name that is free', async () => {
    expect(await freeName(folder, 'Füße', join(folder, 'a.epochlens.json'))).toBe('Füße-3');
    expect(await freeName(folder, 'other')).toBe('other');
    expect(await freeName(folder, 'LINK')).toBe('LINK-2');
    const long = 'x'.repeat(100);
    await writeFile(join(folder, 'long.epochlens.json'), JSON.stringify({ name: long }));
    expect(await freeName(folder, long)).toBe(`${'x'.repeat(98)}-2`);
  });
});
