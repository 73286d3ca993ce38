import { describe, expect, it } from 'vitest';
import {
  checkpointCell,
  checkpointName,
  checkpointTitle,
  epochSourceText,
  untrainedEpoch,
  weightsAt,
} from '../../../src/runs';
import { manifestOf } from './imported/manifests';

describe('the untrained network', () => {
  it('is epoch 0 of a run that was trained here from random weights', () => {
    const run = manifestOf();
    expect([0, 1].map((epoch) => weightsAt(run, epoch))).toEqual(['untrained', 'trained']);
    expect(untrainedEpoch(run, [0, 1, 2])).toBe(0);
    expect(untrainedEpoch(run, [1, 2])).toBeNull();
    expect([checkpointTitle(run, 0), checkpointCell(run, 0)]).toEqual(['Epoch 0 (untrained)', '0 (untrained)']);
  });

  it('is none where it began with the weights of another', () => {
    const run = manifestOf(undefined, { architecture: 'resnet18', weights: 'imagenet' });
    expect(weightsAt(run, 0)).toBe('beforeTraining');
    expect(untrainedEpoch(run, [0, 1])).toBeNull();
    expect(checkpointTitle(run, 0)).toBe('Epoch 0 (before training)');
  });

  it('is an imported epoch only where its file shows it', () => {
    const run = manifestOf([{}, {}]);
    expect(weightsAt(run, 0)).toBe('trained');
    expect(untrainedEpoch(run, [0, 1])).toBeNull();
    expect(checkpointTitle(run, 0)).toBe('Epoch 0');
    expect(untrainedEpoch(manifestOf([{ weights: 'untrained' }, {}]), [0, 1])).toBe(0);
    expect(untrainedEpoch(manifestOf([{ weights: 'trained' }, { weights: 'untrained' }]), [0, 1])).toBe(1);
    expect(weightsAt(manifestOf([{ weights: 'beforeTraining' }]), 0)).toBe('beforeTraining');
  });
});

it('an imported file alone of which nothing says the epoch has none', () => {
  const run = manifestOf([{ epoch: 1, epochFrom: 'nothing' }]);
  expect([checkpointTitle(run, 1), checkpointCell(run, 1), checkpointName(run, 1), epochSourceText(run, 1)]).toEqual([
    'Checkpoint',
    'the checkpoint',
    'the checkpoint',
    '',
  ]);
});

it('whoever says an imported epoch is named', () => {
  const texts = (['name', 'file', 'person'] as const).map((epochFrom) =>
    epochSourceText(manifestOf([{ epoch: 3, epochFrom }]), 3),
  );
  expect(texts).toEqual([', as its name says', ', as its file says', ', as was said when it was imported']);
  expect(epochSourceText(manifestOf([{ epoch: 3 }]), 3)).toBe(', as its file or its name says');
  expect(epochSourceText(manifestOf(), 3)).toBe('');
});
