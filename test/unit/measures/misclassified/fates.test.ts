import { describe, expect, it } from 'vitest';
import { countFates, epochsThatCount, imageFates, type EpochPredictions } from '../../../../src/measures/misclassified';

/** Of images with the label 0: "✓✗" says what each epoch makes of one, from epoch 1 on. */
function epochsOf(...images: string[]): [labels: Uint8Array, epochs: EpochPredictions[]] {
  const count = images[0]?.length ?? 0;
  const epochs = Array.from({ length: count }, (_, place) => ({
    epoch: place + 1,
    predictions: Uint8Array.from(images, (marks) => (marks[place] === '✓' ? 0 : 1)),
  }));
  return [new Uint8Array(images.length), epochs];
}

describe('imageFates', () => {
  it.each([
    ['✓✓✓✓', 'always', 1, 0],
    ['✗✗✗✗', 'never', null, 0],
    ['✗✗✗✓', 'learned', 4, 0],
    ['✗✓✓✓', 'learned', 2, 0],
    ['✗✓✗✓', 'unsettled', 4, 1],
    ['✓✗✓✓', 'unsettled', 3, 1],
    ['✓✓✓✗', 'forgotten', null, 1],
    ['✓✗✓✗', 'forgotten', null, 2],
    ['✗✓✗✗', 'forgotten', null, 1],
  ])('%s is %s', (marks, fate, rightFrom, forgettingEvents) => {
    expect(imageFates(...epochsOf(marks))).toEqual([{ fate, rightFrom, forgettingEvents }]);
  });

  it('has one epoch as the first and the last', () => {
    expect(imageFates(...epochsOf('✓', '✗')).map(({ fate }) => fate)).toEqual(['always', 'never']);
  });

  it('names epochs by their numbers, whichever there are', () => {
    const epochs = [3, 20].map((epoch) => ({ epoch, predictions: Uint8Array.of(epoch === 20 ? 7 : 1) }));
    expect(imageFates(Uint8Array.of(7), epochs)[0]?.rightFrom).toBe(20);
  });

  it('refuses what does not fit', () => {
    expect(() => imageFates(Uint8Array.of(1), [])).toThrow('there are no predictions: found no epochs');
    const one = { epoch: 1, predictions: Uint8Array.of(1) };
    expect(() => imageFates(Uint8Array.of(1, 2), [one])).toThrow('epoch 1: the predictions are not of these images');
    expect(() => imageFates(Uint8Array.of(1), [one, one])).toThrow('the epochs are out of order');
  });
});

it('countFates counts each', () => {
  expect(countFates(imageFates(...epochsOf('✓✓', '✗✓', '✗✓', '✓✗', '✗✗')))).toEqual({
    ...{ always: 1, learned: 2, unsettled: 0, forgotten: 1, never: 1 },
  });
});

it('epochsThatCount leaves the untrained model out, unless it is alone', () => {
  const weightsOf = (epoch: number) => (epoch === 0 ? 'untrained' : 'trained');
  const epochs = [{ epoch: 0 }, { epoch: 1 }, { epoch: 5 }];
  expect(epochsThatCount(epochs, weightsOf)).toEqual([{ epoch: 1 }, { epoch: 5 }]);
  expect(epochsThatCount([{ epoch: 0 }], weightsOf)).toEqual([{ epoch: 0 }]);
  expect(epochsThatCount(epochs, () => 'trained')).toEqual(epochs);
});
