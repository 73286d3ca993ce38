import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/common/random';
import { firstErrors, searchErrors, searchOrder } from '../../../../src/measures/misclassified';

const labels = Uint8Array.of(0, 1, 2, 3, 4);

describe('firstErrors', () => {
  it('counts what was looked at, the error included', () => {
    const order = Uint32Array.of(4, 2, 0, 1, 3);
    const predictions = Uint8Array.of(9, 1, 2, 9, 4);
    expect(firstErrors(order, labels, predictions, 1)).toEqual([{ image: 0, lookedAt: 3 }]);
    expect(firstErrors(order, labels, predictions, 9)).toEqual([
      { image: 0, lookedAt: 3 },
      { image: 3, lookedAt: 5 },
    ]);
  });

  it('refuses predictions of other images', () => {
    expect(() => firstErrors(Uint32Array.of(0), labels, Uint8Array.of(1), 1)).toThrow('found 1 predictions');
  });
});

describe('searchErrors', () => {
  const wrongAbout = (...images: number[]): Uint8Array => labels.map((label, i) => (images.includes(i) ? 9 : label));

  it('goes through the same order at each checkpoint', () => {
    const order = [...searchOrder(5, 7)];
    const [second, fourth] = [order[1] as number, order[3] as number];
    const epochs = [
      { epoch: 1, predictions: wrongAbout(fourth, second) },
      { epoch: 2, predictions: wrongAbout(fourth) },
      { epoch: 3, predictions: labels },
    ];
    expect(searchErrors(labels, epochs, 7)).toEqual([
      { epoch: 1, found: { image: second, lookedAt: 2 } },
      { epoch: 2, found: { image: fourth, lookedAt: 4 } },
      { epoch: 3, found: null },
    ]);
  });

  it('refuses to search without checkpoints', () => {
    expect(() => searchErrors(labels, [], 7)).toThrow('found no epochs');
  });
});

it('searchOrder comes from the seed alone, and has every image once', () => {
  const order = searchOrder(1000, 1);
  expect(order).toEqual(createRandom('misclassified images', 1).permutation(1000));
  expect(searchOrder(1000, 1)).toEqual(order);
  expect(searchOrder(1000, 2)).not.toEqual(order);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
});
