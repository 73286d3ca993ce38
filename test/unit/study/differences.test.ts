import { expect, test } from 'vitest';
import {
  differencesOf,
  differencesText,
  parseStudy,
  settingDifferences,
  settingsOf,
  studyHash,
  type Study,
} from '../../../src/study';

function study(text: string): Study {
  const parsed = parseStudy(text, '/w/s.epochlens.json');
  if (!parsed.ok) throw new Error(text);
  return parsed.studies[0];
}

test('settings have dotted names and JSON, a list is one', () => {
  expect(settingsOf({ a: { b: { c: 1 }, d: [1, { e: 2 }] }, f: 'x', g: undefined, h: null })).toEqual({
    'a.b.c': '1',
    'a.d': '[1,{"e":2}]',
    f: '"x"',
    h: 'null',
  });
});

test('what is in one alone differs', () => {
  expect(differencesOf({ a: '1', b: '2' }, { b: '3', c: '4' })).toEqual([
    { field: 'a', before: '1', now: undefined },
    { field: 'b', before: '2', now: '3' },
    { field: 'c', before: undefined, now: '4' },
  ]);
});

test('differences are said shortly, of the data set with its name', () => {
  const before = study('{"dataset":{"kind":"synthetic","seed":1},"training":{"epochs":12,"seed":1}}');
  const now = study('{"dataset":{"kind":"synthetic","seed":2},"training":{"epochs":14,"seed":3}}');
  expect(differencesText(settingDifferences(before, now))).toBe('dataset.seed 1 → 2, epochs 12 → 14, seed 1 → 3');
  expect(differencesText(settingDifferences(before, now), 1)).toBe('dataset.seed 1 → 2 and 2 more');
});

test('of another kind of data only the kind is said, and kept checkpoints are no difference', () => {
  const before = study('{"training":{"keepCheckpoints":{"every":2}}}');
  expect(settingDifferences(before, study('{}'))).toEqual([]);
  expect(differencesText(settingDifferences(before, study('{"dataset":{"kind":"cifar10"}}')))).toBe(
    'dataset.kind synthetic → cifar10',
  );
});

test('permuted labels are a difference, true ones are what a study has that says nothing of them', () => {
  const [permuted, plain, named] = ['permuted', undefined, 'true'].map((labels) =>
    study(JSON.stringify({ training: { labels } })),
  ) as [Study, Study, Study];
  expect(differencesText(settingDifferences(plain, permuted))).toBe('labels true → permuted');
  expect(settingDifferences(plain, named)).toEqual([]);
  expect(studyHash(named)).toBe(studyHash(plain));
  expect(studyHash(permuted)).not.toBe(studyHash(plain));
  // Of the defaults as they were before there was the setting.
  expect('labels' in plain.training).toBe(false);
});

test('other labels than permuted and true are refused with both', () => {
  const parsed = parseStudy('{"training":{"labels":"random"}}', '/w/s.epochlens.json');
  expect(parsed.ok ? '' : parsed.problems.map((problem) => JSON.stringify(problem)).join()).toMatch(/true.*permuted/);
});
