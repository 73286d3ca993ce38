import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/common/errors';
import {
  defaultStudyText,
  publishedStudyText,
  parseStudy,
  readStudy,
  studyHash,
  studyJsonSchemaText,
  studyNameOf,
  studyText,
  wholeStudyHash,
  type Study,
} from '../../../src/study';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'study-'));
});
afterAll(() => rm(folder, { recursive: true }));

function study(value: object): Study {
  const parsed = parseStudy(JSON.stringify(value), 'x.epochlens.json');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.study;
}

async function failure(path: string): Promise<string> {
  const error: unknown = await readStudy(path).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
}

describe('readStudy', () => {
  it('says where the study lies', async () => {
    const path = join(folder, 'a.epochlens.json');
    await writeFile(path, '\uFEFF{}');
    expect(await readStudy(path)).toMatchObject({ study: { name: 'a' }, path, folder });
  });

  it('names the file, the place, what was found and expected, and the other problems too', async () => {
    const path = join(folder, 'b.epochlens.json');
    await writeFile(path, '{"training":{"epochs":-1,\n"sede":1}}');
    expect(await failure(path)).toBe(
      `b.epochlens.json, line 1, column 23 (training.epochs): out of range: found -1, expected a whole number from 0 to 10000 (${path})\nAlso:\n` +
        '  line 2, column 1 (training.sede): unknown field "sede": expected one of "epochs", "batchSize", ' +
        '"microBatchSize", "learningRate", "momentum", "weightDecay", "schedule", "warmupEpochs", "seed", "augmentation", "nesterov", "labelSmoothing", "ema", "mixup", "adversarial", "labels", "keepCheckpoints". Did you mean "seed"?',
    );
  });

  it('refuses what is not a text file', async () => {
    const absent = join(folder, 'absent.json');
    expect(await failure(absent)).toBe(
      `absent.json: the study file cannot be read: found no such file, expected a file (${absent})`,
    );
    const directory = join(folder, 'd.epochlens.json');
    await mkdir(directory);
    expect(await failure(directory)).toBe(
      `d.epochlens.json: the study file cannot be read: found a folder, expected a file (${directory})`,
    );
    const binary = join(folder, 'binary.json');
    await writeFile(binary, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]));
    expect(await failure(binary)).toContain(
      'byte 2: the study file is not UTF-8 text: found 0xff, expected UTF-8 text',
    );
    const large = join(folder, 'large.json');
    await writeFile(large, Buffer.alloc(5_000_000));
    expect(await failure(large)).toContain(
      'the study file cannot be read: found 5000000 bytes, expected at most 4194304',
    );
    const empty = join(folder, 'empty.json');
    await writeFile(empty, '');
    expect(await failure(empty)).toContain('line 1, column 1: the file is empty');
  });
});

describe('text', () => {
  it('of a resolved study means the same study, whatever the file is called', () => {
    const full = study({
      dataset: { kind: 'cifar10', trainLimit: 5 },
      model: { architecture: 'resnet18', weights: 'imagenet' },
      explain: { images: { train: [4] } },
      perturbations: [{ kind: 'occlusion', images: 3 }, { kind: 'gaussianNoise' }, { kind: 'rotation' }],
    });
    const again = parseStudy(studyText(full), 'other.epochlens.json');
    expect(again.ok && again.study).toEqual(full);
  });

  it('of a new study is a valid one of that name', () => {
    const parsed = parseStudy(defaultStudyText('mine'), 'x');
    expect(parsed.ok && parsed.study.name).toBe('mine');
  });

  it('of the published study is what was published', () => {
    const parsed = parseStudy(publishedStudyText('mine'), 'x');
    const { model, training, explain, perturbations } = (parsed as Extract<typeof parsed, { ok: true }>).study;
    expect(model).toEqual({
      ...{ architecture: 'efficientnet_b0', weights: 'imagenet', inputSize: 224 },
      normalization: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    });
    expect(training.epochs).toBe(20);
    expect(explain.checkpoints).toEqual([0, 1, 2, 3, 20]);
    expect(perturbations.map(({ kind, rounds }) => [kind, rounds])).toEqual(
      ['gaussianNoise', 'rotation', 'occlusion', 'occlusion', 'occlusion'].map((kind) => [kind, 3]),
    );
  });
});

describe('studyNameOf', () => {
  it.each([
    ['a/b/cifar10.epochlens.json', 'cifar10'],
    ['plain.json', 'plain'],
    ['my first study.epochlens.json', 'my-first-study'],
    ['.epochlens.json', 'study'],
    ['..epochlens.json', 'study'],
    [`${'x'.repeat(200)}.epochlens.json`, 'x'.repeat(100)],
    ['Füße & co.epochlens.json', 'Füße-co'],
    ['Fu\u0308\u00dfe & co.epochlens.json', 'Füße-co'],
    ['实验 一.epochlens.json', '实验-一'],
    ['опыт №3.epochlens.json', 'опыт-3'],
    ['हिन्दी.epochlens.json', 'हिन्दी'],
    ['می\u200cخواهم.epochlens.json', 'میخواهم'],
    ['\u202eevil\u0007.epochlens.json', 'evil-'],
    ['😀.epochlens.json', 'study'],
    ['con.epochlens.json', 'study-con'],
    ['Nul.old.epochlens.json', 'study-Nul.old'],
    ['v1..epochlens.json', 'v1'],
    [`${'验'.repeat(90)}.epochlens.json`, '验'.repeat(66)],
    [`${'a'.repeat(99)}e\u0301\u0323.epochlens.json`, 'a'.repeat(99)],
  ])('%s → %s', (file, name) => {
    expect(studyNameOf(file)).toBe(name);
  });
});

describe('studyHash', () => {
  const plain = study({});

  it('does not change with the order of fields, comments, or spelt-out defaults', () => {
    const same = parseStudy('{"training":{"seed":1,/* */"epochs":20},"model":{"inputSize":32},"name":"x"}', 'y');
    expect(same.ok && studyHash(same.study)).toBe(studyHash(plain));
    expect(same.ok && wholeStudyHash(same.study)).toBe(wholeStudyHash(plain));
    expect(studyHash(plain)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('changes with what determines the training, and only the whole hash with the rest', () => {
    expect(studyHash(study({ training: { seed: 2 } }))).not.toBe(studyHash(plain));
    const explained = study({ explain: { checkpoints: [0] } });
    expect(studyHash(explained)).toBe(studyHash(plain));
    expect(wholeStudyHash(explained)).not.toBe(wholeStudyHash(plain));
  });
});

describe('media/study.schema.json', () => {
  it('is what the build generates', async () => {
    const path = fileURLToPath(new URL('../../../media/study.schema.json', import.meta.url));
    expect(await readFile(path, 'utf8')).toBe(studyJsonSchemaText());
  });

  interface Setting {
    readonly description?: string;
    readonly markdownDescription?: string;
    readonly const?: unknown;
    readonly properties?: Readonly<Record<string, Setting>>;
    readonly [keyword: string]: unknown;
  }

  /** Every setting by its path. */
  const settings: [path: string, setting: Setting][] = [];
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { properties = {}, oneOf, anyOf, items } = node as Setting;
    for (const [name, setting] of Object.entries(properties)) {
      // The kinds of an entry are described where each stands.
      if (name === 'kind' && setting['enum'] !== undefined) continue;
      settings.push([`${path}.${name}`, setting]);
      visit(setting, `${path}.${name}`);
    }
    for (const part of [oneOf, anyOf, items].flat()) visit(part, path);
  };
  visit(JSON.parse(studyJsonSchemaText()), '');

  it('describes every setting, with what it takes and its default', () => {
    expect(settings.length).toBeGreaterThan(100);
    for (const [path, setting] of settings) {
      const { description = '', markdownDescription = '', properties } = setting;
      expect(description, path).not.toBe('');
      // Of a section its settings say it, and the kind of an entry is all that it takes.
      if (setting.const !== undefined || (properties !== undefined && setting['default'] !== undefined)) continue;
      expect(description, path).toMatch(/ (Default: .+|It must be given)\.$/);
      if (properties !== undefined || path === '.dataset') continue;
      expect(description, path).toMatch(/ (A(n)? |Text|Letters|True or false|"|-1 or a )/);
      expect(markdownDescription.replaceAll('\n\n', ' '), path).toBe(description);
    }
  });

  it.each([
    ['.training.learningRate', 'A number from 0 to 100.\n\nDefault: 0.01.'],
    ['.training.schedule', '"constant", "cosine" or an object, {…}.\n\nDefault: "constant".'],
    ['.training.microBatchSize', 'A whole number from 1 to 4096.\n\nDefault: as many as fit the free memory.'],
    ['.perturbations.degrees', 'A list of 2, each a number from -180 to 180.\n\nDefault: [-30,30].'],
    ['.perturbations.expect.accuracy.min', 'A number from 0 to 100.\n\nIt must be given.'],
  ])('%s', (path, ending) => {
    expect(settings.find(([each]) => each === path)?.[1].markdownDescription).toContain(`\n\n${ending}`);
  });

  it('offers an entry of each kind with its settings', () => {
    const text = studyJsonSchemaText();
    for (const kind of ['gaussianNoise', 'rotation', 'corruption', 'cifar100'])
      expect(text).toMatch(
        new RegExp(`"label": "${kind}",\\s*"description": ".+",\\s*"body": \\{\\s*"kind": "${kind}"`),
      );
    expect(text).not.toContain('"absent"');
  });
});
