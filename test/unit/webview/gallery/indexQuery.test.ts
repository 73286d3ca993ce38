import { describe, expect, it } from 'vitest';
import { parseIndexQuery } from '../../../../webview/gallery/indexQuery';

describe('what is typed to get to images', () => {
  it('goes to a single index', () => {
    expect(parseIndexQuery(' 1234 ', 10_000)).toEqual({ kind: 'one', index: 1234 });
    expect(parseIndexQuery('7-7', 10)).toEqual({ kind: 'one', index: 7 });
  });

  it('names ranges and single ones, each once, ascending', () => {
    expect(parseIndexQuery('10-12,55, 11', 100)).toEqual({ kind: 'some', indices: [10, 11, 12, 55] });
    expect(parseIndexQuery('3 – 4 1', 100)).toEqual({ kind: 'some', indices: [1, 3, 4] });
  });

  it('names nothing in particular where nothing is typed', () => {
    expect(parseIndexQuery('', 10)).toEqual({ kind: 'none' });
    expect(parseIndexQuery(' , ', 10)).toEqual({ kind: 'none' });
  });

  it.each([
    ['frog', '“frog” is no index'],
    ['10-', '“10-” is no index'],
    ['20-10', 'did you mean 10-20?'],
    ['9999', 'they go from 0 to 99'],
    ['5-100', 'There is no image 100'],
  ])('says what is wrong with %s', (text, problem) => {
    const found = parseIndexQuery(text, 100);
    expect(found.kind === 'wrong' && found.problem).toContain(problem);
  });
});
