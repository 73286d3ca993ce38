import { expect, test } from 'vitest';
import {
  differencesOf,
  differencesText,
  parseStudy,
  settingDifferences,
  settingsOf,
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
