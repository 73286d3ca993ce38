import { expect, test } from 'vitest';
import { damageText, detailsText, unvouched } from '../../../../src/extension/keeping/verification';
import type { Finding } from '../../../../src/runs';

const whole: Finding = { part: 'manifest', file: 'run.json', verdict: 'whole' };
const line: Finding = {
  part: 'metrics',
  file: 'metrics.jsonl',
  place: 'line 3 (epoch 2)',
  verdict: 'damaged',
  detail: 'it is not as it was written',
  advice: 'Restore it from a copy.',
};
const gone: Finding = { part: 'checkpoint', file: 'checkpoints/epoch-001.safetensors', verdict: 'missing' };
const older: Finding = { part: 'checkpoint', file: 'checkpoints/epoch-000.safetensors', verdict: 'notVouched' };
const of = (...findings: Finding[]) => ({ run: '/r', findings, notes: ['The data set is not here.'] });

test('what is damaged is named first, and the rest counted', () => {
  expect(damageText(of(whole, older))).toBeUndefined();
  expect(damageText(of(whole, line))).toBe('metrics.jsonl, line 3 (epoch 2) is damaged.');
  expect(damageText(of(gone, line))).toBe(
    'checkpoints/epoch-001.safetensors is missing, and 1 more is not as it should be.',
  );
  expect(damageText(of(gone, line, line))).toMatch(/and 2 more are not as they should be\.$/);
  expect(unvouched(of(whole, older))).toEqual([older]);
});

test('the details say what to do, then what is whole', () => {
  expect(detailsText('Title', of(whole, line, older)).split('\n')).toEqual([
    'Title',
    '/r',
    '',
    'metrics.jsonl, line 3 (epoch 2): damaged: it is not as it was written.',
    '  Restore it from a copy.',
    'checkpoints/epoch-000.safetensors: not vouched for.',
    '',
    'The data set is not here.',
    '',
    'Whole: 1 of 3',
    '  run.json',
    '',
  ]);
});
