/** Whatever a text holds, it is answered soon, and in few words. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { checkStudy } from '../../../src/extension/editor/checkStudy';
import { withImages, readImages } from '../../../src/extension/gallery/studyText';
import { studyTests } from '../../../src/extension/robustness/studyTests';
import { inputError, parseStudy, type StudyProblem } from '../../../src/study';

const FULL = 4 * 1024 * 1024;
/** Of processor time: what else the machine does is not counted. A second is meant, with room for a slow machine. */
const SOON_MILLISECONDS = 3000;
const MOST_CHARACTERS = 3000;

/** The opening, then as many pieces as fit, then the closing. */
function filled(open: string, piece: (index: number) => string, close: string): string {
  const pieces: string[] = [];
  for (let room = FULL - open.length - close.length, index = 0; ; index++) {
    const next = piece(index);
    room -= next.length;
    if (room < 0) return `${open}${pieces.join('')}${close}`;
    pieces.push(next);
  }
}

const always = (text: string) => (): string => text;

/** As many pieces as there may be values. */
function counted(open: string, piece: (index: number) => string, close: string): string {
  return `${open}${Array.from({ length: 99_000 }, (_, index) => piece(index)).join('')}${close}`;
}

const TEXTS: Readonly<Record<string, string>> = {
  'a million checkpoints': filled('{"explain":{"checkpoints":[0', always(',0'), ']}}'),
  'a million wrong checkpoints': filled('{"explain":{"checkpoints":[0', always(',-1'), ']}}'),
  'a million checkpoints that are texts': filled('{"explain":{"checkpoints":[0', always(',""'), ']}}'),
  'a million images': filled('{"explain":{"images":{"test":[0', always(',0'), ']}}}'),
  'a million perturbations': filled('{"perturbations":[0', always(',{}'), ']}'),
  'many perturbations': filled('{"perturbations":[0', always(',{"kind":"rotation"}'), ']}'),
  'many models': filled('{"model":[{}', always(',{"architecture":"resnet20"}'), ']}'),
  'a million models': filled('{"model":[{}', always(',{}'), ']}'),
  'many class names': filled('{"dataset":{"classNames":[0', always(',"a"'), ']}}'),
  'many unknown fields': filled('{"a":1', (index) => `,"k${index}":1`, '}'),
  'many nearly known fields': filled('{"training":{"a":1', (index) => `,"epoch${index}":1`, '}}'),
  'a million duplicates': filled('{"a":1', always(',"a":1'), '}'),
  'duplicates in many objects': filled('{"a":[0', always(',{"a":1,"a":1}'), ']}'),
  'duplicates of many kinds': filled('{"a":0', (index) => `,"k${index}":{"x":1,"x":1}`, '}'),
  'as many wrong checkpoints as are parsed': counted('{"explain":{"checkpoints":[0', always(',-1'), ']}}'),
  'as many unknown fields as are parsed': counted('{"a":1', (index) => `,"k${index}":1`, '}'),
  'as many nearly known fields as are parsed': counted('{"training":{"a":1', (index) => `,"epoch${index}":1`, '}}'),
  'as many duplicates as are parsed': counted('{"a":1', always(',"a":1'), '}'),
  'as many numbered fields as are parsed': counted('{"a":1', (index) => `,"${index}":1`, '}'),
  'as many lists as are parsed': counted('{"a":[0', always(',[]'), ']}'),
  'lists within lists': '['.repeat(FULL),
  'closed lists within lists': '['.repeat(FULL / 2) + ']'.repeat(FULL / 2),
  'objects within objects': filled('', always('{"a":'), ''),
  'a few thousand levels': `{"explain":${'['.repeat(3000)}${']'.repeat(3000)}}`,
  'a long text': `{"name":"${'a'.repeat(FULL - 100)}"}`,
  'a long text of escapes': `{"name":"${'\\n'.repeat(FULL / 2 - 100)}"}`,
  'a long path': `{"model":{"weights":"${'a/'.repeat(FULL / 2 - 100)}.pt"}}`,
  'a long schema': `{"$schema":"${'a'.repeat(FULL - 100)}"}`,
  'a long number': `{"training":{"epochs":${'9'.repeat(FULL - 100)}}}`,
  'a long fraction': `{"training":{"learningRate":-0.${'1'.repeat(FULL - 100)}}}`,
  'a long name of a field': `{"${'k'.repeat(FULL - 100)}":1}`,
  'a long name of a duplicate': `{"${'k'.repeat(FULL / 2 - 100)}":1,"${'k'.repeat(FULL / 2 - 100)}":1}`,
  'nothing but spaces': ' '.repeat(FULL),
  'nothing but line breaks': `${'\n'.repeat(FULL - 20)}{"x":1}`,
  'nothing but comments': filled('', always('/**/'), ''),
  'a comment that is not closed': `/*${'x'.repeat(FULL - 2)}`,
  'nothing but commas': ','.repeat(FULL),
  'nothing but colons': `{${':'.repeat(FULL - 1)}`,
  'nothing but quotes': '"'.repeat(FULL),
  'nothing but backslashes': `"${'\\'.repeat(FULL - 1)}`,
  'nothing but at signs': '@'.repeat(FULL),
  'nothing but NUL': '\0'.repeat(FULL),
  'half of a surrogate pair': `{"name":"${'\uD800'.repeat(1_000_000)}"}`,
  'one character more than is read': ' '.repeat(FULL + 1),
};

function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function problems(text: string): readonly StudyProblem[] {
  const parsed = parseStudy(text, 'x.epochlens.json');
  return parsed.ok ? [] : parsed.problems;
}

describe('of a text as large as there may be', () => {
  it.each(Object.entries(TEXTS))('%s is refused soon, and in few words', async (_, text) => {
    const started = process.cpuUsage();
    const found = problems(text);
    const message = inputError('x.epochlens.json', found).message;
    expect(millisecondsSince(started)).toBeLessThan(SOON_MILLISECONDS);
    expect(found.length).toBeGreaterThan(0);
    expect(message.length).toBeLessThan(MOST_CHARACTERS);

    const again = process.cpuUsage();
    const findings = await checkStudy(text, 'x.epochlens.json');
    studyTests(text, 'x.epochlens.json');
    readImages(text);
    expect(millisecondsSince(again)).toBeLessThan(2 * SOON_MILLISECONDS);
    expect(findings.map(({ message: said }) => said).join('').length).toBeLessThan(20_000);
  });

  it('saves no images into a text that is not read', () => {
    const text = '['.repeat(FULL);
    expect(() => withImages(text, { test: [1], train: [] }, 'x')).toThrow('the selection cannot be saved');
  });
});

describe('of many problems of one kind', () => {
  const late = Array.from({ length: 10_000 }, (_, index) => 21 + (index % 100));
  const wrong = Array.from({ length: 10_000 }, () => -1);

  it.each([
    ['that are out of range', wrong],
    ['that training does not reach', late],
  ])('checkpoints %s: the first five are described, the others counted', (_, checkpoints) => {
    const found = problems(JSON.stringify({ explain: { checkpoints } }));
    expect(found.map(({ path }) => path.at(-1))).toEqual([0, 1, 2, 3, 4]);
    expect(found.map(({ more }) => more)).toEqual([undefined, undefined, undefined, undefined, 9995]);
    expect(inputError('x', found).message).toContain('9,995 more');
  });

  it('a list that is too long is one problem', () => {
    const checkpoints = Array.from({ length: 10_002 }, () => -1);
    expect(problems(JSON.stringify({ explain: { checkpoints } }))).toMatchObject([
      { summary: 'wrong length', found: 'a list of 10002', path: ['explain', 'checkpoints'] },
    ]);
  });

  it('takes a list of every epoch', () => {
    const checkpoints = Array.from({ length: 10_001 }, (_, epoch) => epoch);
    expect(problems(JSON.stringify({ training: { epochs: 10_000 }, explain: { checkpoints } }))).toEqual([]);
  });

  it('each kind has its own five', () => {
    const entries = Array.from({ length: 7 }, () => ({ kind: 'rotation', rounds: 0, what: 1 }));
    const found = problems(JSON.stringify({ perturbations: entries }));
    expect(found.filter(({ summary }) => summary === 'out of range')).toHaveLength(5);
    expect(found.filter(({ summary }) => summary === 'unknown field "what"')).toHaveLength(5);
    expect(found.map(({ more = 0 }) => more).reduce((a, b) => a + b)).toBe(4);
  });

  it('the editor counts images that are not there', async () => {
    const test = Array.from({ length: 1000 }, (_, index) => 500 + index);
    const findings = await checkStudy(JSON.stringify({ explain: { images: { test } } }), '/x/x.epochlens.json');
    expect(findings).toHaveLength(5);
    expect(findings.at(-1)?.message).toContain('995 more');
  });
});

describe('of texts put together at random', () => {
  const PIECES = ['{', '}', '[', ']', ',', ':', '"a"', '"training"', '"epochs"', '1', '-1e999', 'null', '/*', '*/', '\n', '"', '\\', '\u202e', '\0', '{"a":', '[[[[', '"perturbations":[', '"kind":"rotation"', '//']; // prettier-ignore

  it('each is answered', async () => {
    const random = createRandom('limits', 7);
    for (let round = 0; round < 300; round++) {
      const length = 1 + random.integer(200);
      const text = Array.from({ length }, () => PIECES[random.integer(PIECES.length)]).join('');
      const message = inputError('x', problems(text)).message;
      expect(message.length).toBeLessThan(MOST_CHARACTERS);
      expect(await checkStudy(text, 'x')).toBeInstanceOf(Array);
      studyTests(text, 'x');
      readImages(text);
    }
  });
});
