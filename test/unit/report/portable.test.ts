import { expect, it } from 'vitest';
import { portable, withoutFolders } from '../../../src/report/portable';

it.each([
  ['800 images from /data/cifar-10 (binary)', '800 images from …/cifar-10 (binary)'],
  ['(epochlens verify /home/me/.epochlens/runs/a/b --seal keeps', '(epochlens verify …/b --seal keeps'],
  [
    '{ "folder": "/home/my name/data", "weights": "C:\\\\Users\\\\me\\\\w.pth" }',
    '{ "folder": "…/data", "weights": "…/w.pth" }',
  ],
  ['from D:\\sets\\cifar.', 'from …/cifar.'],
  // These are none.
  ['https://www.cs.toronto.edu/~kriz/cifar.tar.gz', 'https://www.cs.toronto.edu/~kriz/cifar.tar.gz'],
  ['// a comment\n{ "folder": "data/cifar" } /* and/or */', '// a comment\n{ "folder": "data/cifar" } /* and/or */'],
  ['37 / 100, n/a, 1/2/3, ../data/x, ~/data', '37 / 100, n/a, 1/2/3, ../data/x, ~/data'],
])('%s', (text, shown) => {
  expect(withoutFolders(text)).toBe(shown);
  expect(withoutFolders(shown)).toBe(shown);
});

it('finds folders with spaces where they are known, in every text of a value, and leaves the rest', () => {
  const pixels = new Uint8Array(3);
  const value = { a: ['x /my own/set/1 y', '/my own/set: damaged', 1], pixels, none: null };
  expect(portable(value, ['/my own/set'])).toEqual({
    a: ['x …/set/1 y', '…/set: damaged', 1],
    pixels,
    none: null,
  });
  expect(portable(value, ['/my own/set']).pixels).toBe(pixels);
});
