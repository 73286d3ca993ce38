import { describe, expect, it } from 'vitest';
import { countLabels, EVERYTHING, filterImages, type Filter } from '../../../../webview/gallery/filter';

const labels = Uint8Array.of(0, 1, 2, 0, 1, 2);
const predictions = Uint8Array.of(0, 2, 2, 1, 1, 0);
const input = { labels, predictions, indices: undefined, selected: new Set([1, 3]) };
const filter = (change: Partial<Filter>): Filter => ({ set: 'test', ...EVERYTHING, ...change });

describe('which images are shown', () => {
  it.each([
    ['all', {}, [0, 1, 2, 3, 4, 5]],
    ['a class', { label: 1 }, [1, 4]],
    ['what a checkpoint gets wrong', { verdict: 'wrong' }, [1, 3, 5]],
    ['what it gets right', { verdict: 'right' }, [0, 2, 4]],
    ['what it takes for a class', { predicted: 2 }, [1, 2]],
    ['what it wrongly takes for a class', { predicted: 0, verdict: 'wrong' }, [5]],
    ['a class that it gets wrong', { label: 0, verdict: 'wrong' }, [3]],
    ['what is selected', { selectedOnly: true }, [1, 3]],
  ] as const)('%s', (_, change, expected) => {
    expect([...filterImages(filter(change), input)]).toEqual(expected);
  });

  it('looks among the indices that were typed', () => {
    expect([...filterImages(filter({ label: 2 }), { ...input, indices: [1, 2, 3] })]).toEqual([2]);
  });

  it('shows nothing while predictions that are asked for are not there', () => {
    expect(filterImages(filter({ verdict: 'wrong' }), { ...input, predictions: undefined })).toHaveLength(0);
    expect(filterImages(filter({}), { ...input, predictions: undefined })).toHaveLength(6);
  });

  it('counts the classes', () => {
    expect(countLabels(labels, 4)).toEqual([2, 2, 2, 0]);
  });
});
