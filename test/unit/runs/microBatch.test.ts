import { expect, it } from 'vitest';
import { microBatchText, partsText, type MicroBatch } from '../../../src/runs/checkpoints/microBatch';

const parts: MicroBatch = {
  ...{ size: 32, of: 128, reason: 'memory' },
  ...{ neededBytes: 5.04e9, freeBytes: 1.86e9, freeWords: 'are free' },
};

it('says how, why, and what it means', () => {
  expect(microBatchText(parts)).toBe(
    'Batches of 128 are computed in 4 parts of 32: at once one would take about 5.0 GB, and 1.9 GB are free. ' +
      'Gradients are added up, so that a step is still that of the whole batch, but batch norm normalises each part by its own statistics.',
  );
  expect(microBatchText({ ...parts, freeBytes: null })).toContain('about 5.0 GB. Gradients');
  expect(microBatchText({ ...parts, reason: 'study' })).toMatch(
    /^Batches of 128 are computed in 4 parts of 32, as training\.microBatchSize says\. /,
  );
});

it('warns of parts that are small for batch norm', () => {
  const warning = /of fewer than 16 images these are noisy, and accuracy is mostly lower \(Wu and He 2018\)\.$/;
  expect(microBatchText({ ...parts, size: 16 })).not.toMatch(warning);
  expect(microBatchText({ ...parts, size: 15 })).toMatch(warning);
  // 8 parts of 15 or 16 and not of 16: the smallest counts.
  expect(microBatchText({ ...parts, size: 16, of: 127 })).toMatch(warning);
});

it('counts the parts', () => {
  expect(partsText(parts)).toBe('4 parts of 32');
  expect(partsText({ ...parts, size: 26 })).toBe('5 parts of 25 or 26');
  expect(partsText({ ...parts, size: 1, of: 2 })).toBe('2 parts of 1');
});
