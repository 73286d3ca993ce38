import { describe, expect, it } from 'vitest';
import { epochSource } from '../../../src/importing/epochSource';
import { weightsIn } from '../../../src/importing/weightsIn';

/** Two batch norms' statistics, and a count of batches. */
function stored(mean: number, variance: number, batches: number | undefined, metadata: Record<string, string> = {}) {
  const tensor = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) });
  const tensors = new Map([
    ['bn1.running_mean', tensor(0, mean)],
    ['bn1.running_var', tensor(1, variance)],
    ['bn2.running_mean', tensor(0)],
    ['bn2.running_var', tensor(1)],
  ]);
  if (batches !== undefined) tensors.set('bn1.num_batches_tracked', tensor(batches));
  return { tensors, metadata };
}

describe('a file shows that its network is', () => {
  it.each([
    ['untrained: no batch was seen', stored(0, 1, 0), 'untrained'],
    ['untrained: it counts no batches', stored(0, 1, undefined), 'untrained'],
    ['untrained, and says so', stored(0, 1, 0, { epoch: '0', global_step: '0' }), 'untrained'],
    ['trained: it has taken steps', stored(0.1, 0.9, 391, { epoch: '0', global_step: '391' }), 'trained'],
    ['trained: it has taken steps, whatever its statistics', stored(0, 1, 0, { num_updates: '5' }), 'trained'],
    ['trained: it has seen batches', stored(0.1, 0.9, 7), 'trained'],
    ['before training, from weights of another', stored(0.1, 0.9, 700, { global_step: '0' }), 'beforeTraining'],
    ['before training, at epoch 0', stored(0.1, 0.9, 0, { epoch: '0', step: '0' }), 'beforeTraining'],
  ])('%s', (_, state, expected) => {
    expect(weightsIn(state)).toBe(expected);
  });

  it('nothing, by an epoch 0 or by counts of zero that a conversion wrote', () => {
    expect(weightsIn(stored(0.1, 0.9, 0, { epoch: '0' }))).toBeUndefined();
    expect(weightsIn(stored(0.1, 0.9, undefined, { epoch: '0' }))).toBeUndefined();
    expect(weightsIn({ tensors: new Map(), metadata: { epoch: '0', global_step: '0' } })).toBeUndefined();
    // Some count the steps of each epoch from 0.
    expect(weightsIn(stored(0.1, 0.9, 0, { epoch: '3', step: '0' }))).toBeUndefined();
  });
});

it('an epoch is said by a person, a name, the file, or nothing', () => {
  const alone = { isGiven: false, isAlone: true };
  const file = (path: string, metadata: Record<string, string> = {}) => ({ path, metadata });
  expect(epochSource(file('epoch-003.pth'), 3, alone)).toBe('name');
  expect(epochSource(file('epoch=0-step=391.ckpt', { epoch: '0' }), 0, alone)).toBe('name');
  expect(epochSource(file('best.pth', { epoch: '17' }), 17, alone)).toBe('file');
  expect(epochSource(file('best.pth', { current_epoch: '17' }), 17, alone)).toBe('file');
  expect(epochSource(file('ckpt_10.pth'), 10, alone)).toBe('name');
  expect(epochSource(file('resnet20-12fca82f.th'), 1, alone)).toBe('nothing');
  expect(epochSource(file('model_10.pth'), 1, alone)).toBe('nothing');
  expect(epochSource(file('model_10.pth'), 10, { ...alone, isAlone: false })).toBe('name');
  expect(epochSource(file('epoch-3.pth'), 9, { ...alone, isGiven: true })).toBe('person');
});
