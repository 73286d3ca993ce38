import { describe, expect, it } from 'vitest';
import {
  classScores,
  confusionMatrix,
  countOf,
  imagesOfCell,
  wrongImages,
} from '../../../../src/measures/misclassified';

const labels = Uint8Array.of(0, 0, 0, 1, 1, 2, 2);
const predictions = Uint8Array.of(0, 1, 1, 1, 2, 2, 0);

describe('confusionMatrix', () => {
  it('counts labels by rows and predictions by columns', () => {
    const matrix = confusionMatrix(labels, predictions, 4);
    expect([...matrix.counts]).toEqual([1, 2, 0, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    expect(countOf(matrix, { label: 0, predicted: 1 })).toBe(2);
    expect(countOf(matrix, { label: 1, predicted: 0 })).toBe(0);
  });

  it('has no images where there are none', () => {
    expect([...confusionMatrix(new Uint8Array(), new Uint8Array(), 2).counts]).toEqual([0, 0, 0, 0]);
  });

  it('refuses what does not fit', () => {
    expect(() => confusionMatrix(labels, predictions.slice(1), 3)).toThrow(
      'the predictions are not of these images: found 6 predictions, expected 7, one for each label',
    );
    expect(() => confusionMatrix(labels, predictions, 2)).toThrow(
      'image 4: a class that there is not: found class 2, expected 0 … 1',
    );
  });
});

describe('classScores', () => {
  it('tells recall from precision', () => {
    const matrix = confusionMatrix(labels, predictions, 4);
    expect(classScores(matrix, 0)).toEqual({ images: 3, recall: 1 / 3, precision: 1 / 2 });
    expect(classScores(matrix, 1)).toEqual({ images: 2, recall: 1 / 2, precision: 1 / 3 });
  });

  it('says nothing of a class without images', () => {
    expect(classScores(confusionMatrix(labels, predictions, 4), 3)).toEqual({
      images: 0,
      recall: null,
      precision: null,
    });
  });
});

describe('images', () => {
  it('of one cell', () => {
    expect([...imagesOfCell(labels, predictions, { label: 0, predicted: 1 })]).toEqual([1, 2]);
    expect([...imagesOfCell(labels, predictions, { label: 2, predicted: 2 })]).toEqual([5]);
    expect([...imagesOfCell(labels, predictions, { label: 1, predicted: 0 })]).toEqual([]);
  });

  it('that are wrong', () => {
    expect([...wrongImages(labels, predictions)]).toEqual([1, 2, 4, 6]);
    expect(() => wrongImages(labels, new Uint8Array(8))).toThrow('found 8 predictions');
  });
});
