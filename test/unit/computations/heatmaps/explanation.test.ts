import { describe, expect, it } from 'vitest';
import { indexOfLargest, softmax } from '../../../../src/common/scores';
import { chooseMethod } from '../../../../src/explanations';
import { toExplanation } from '../../../../src/computations/heatmaps/explanation';

describe('softmax', () => {
  it('is e^z over its sum', () => {
    const [a = 0, b = 0, c = 0] = softmax([0, Math.log(2), Math.log(5)]);
    expect([a, b, c].map((value) => Math.round(value * 8 * 1e12) / 1e12)).toEqual([1, 2, 5]);
  });

  it('stands large logits', () => {
    expect(softmax([1000, 1000])).toEqual([0.5, 0.5]);
    expect(softmax([-2000, 0])).toEqual([0, 1]);
  });
});

it('the largest is the first of equals, as argmax has it', () => {
  expect(indexOfLargest([1, 3, 3, 2])).toBe(1);
  expect(indexOfLargest([-5])).toBe(0);
});

describe('an explanation', () => {
  const pixels = new Uint8Array(12);
  const image = { name: 'test:4', height: 2, width: 2, pixels, label: 2 };
  const maps = [
    [0, 0],
    [1, 3],
    [2, 2],
  ].map((values) => Float32Array.from(values));
  const result = { logits: Float32Array.of(0, 2, 1), classes: [0, 1, 2], maps, height: 1, width: 2 };
  const explain = (target: 'predicted' | 'label' | number, label: number | null = 2) =>
    toExplanation({ ...image, label }, result, {
      checkpoint: 3,
      method: chooseMethod('layercam'),
      layer: 'layer2.2',
      target,
    });

  it('is of the predicted class, the label, or the class asked for', () => {
    expect(explain('predicted')).toEqual({
      image: 'test:4',
      checkpoint: 3,
      label: 2,
      predicted: 1,
      probabilities: softmax([0, 2, 1]),
      logits: [0, 2, 1],
      targetClass: 1,
      method: 'layercam',
      layer: 'layer2.2',
      heatmap: { height: 1, width: 2, values: [1, 3] },
      flat: false,
    });
    expect(explain('label')).toMatchObject({ targetClass: 2, heatmap: { values: [2, 2] }, predicted: 1 });
    expect(explain(0)).toMatchObject({ targetClass: 0, heatmap: { values: [0, 0] } });
    expect(explain('label', null)).toMatchObject({ targetClass: 1, label: null });
  });

  it('says that a map that is the same everywhere is flat, zero or not', () => {
    expect([explain('predicted').flat, explain('label').flat, explain(0).flat]).toEqual([false, true, true]);
  });
});
