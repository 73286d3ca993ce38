import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/common/errors';
import * as read from '../../../../src/cli/options/arguments';
import { fileStems } from '../../../../src/cli/images';
import { duration, table, withoutEmptyColumns } from '../../../../src/cli/printing/output';
import { targetClass } from '../../../../src/cli/options/targetClass';

const CLASSES = ['cat', 'dog'];

describe('options', () => {
  it('are read', () => {
    expect(read.engineChoice('auto')).toBe('auto');
    expect(['native', 'tensorflow'].map(read.engineChoice)).toEqual(['tensorflow', 'tensorflow']);
    expect(['embedded', 'wasm'].map(read.engineChoice)).toEqual(['wasm', 'wasm']);
    expect(read.architectureName('resnet56')).toBe('resnet56');
    expect(read.wholeNumber('--n', 0, 10)('10')).toBe(10);
    expect(read.epochs('all')).toBe('all');
    expect(read.epochs('0,20,3')).toEqual([0, 20, 3]);
    expect(read.perturbationNumbers('3,1')).toEqual([3, 1]);
    expect(read.meanChannels('0.485, 0,1e-1')).toEqual([0.485, 0, 0.1]);
    expect(['predicted', 'label', '0', '1', 'Dog'].map((word) => targetClass(word, CLASSES))).toEqual([
      ...['predicted', 'label', 0, 1, 1],
    ]);
    expect(read.share('--opacity', 0)('.5')).toBe(0.5);
  });

  it.each<[string, () => unknown, RegExp]>([
    ['engine', () => read.engineChoice('Wasm'), /^--engine: .*found "Wasm", expected one of native, embedded, auto/],
    ['architecture', () => read.architectureName('__proto__'), /^--architecture: .*"__proto__"/],
    ['number', () => read.wholeNumber('--n', 1, 10)('0'), /^--n: .*found "0", expected a whole number from 1 to 10/],
    ['number', () => read.wholeNumber('--n', 1, 10)('1.0'), /"1\.0"/],
    ['number', () => read.wholeNumber('--n', 0, 10)(''), /""/],
    ['epochs', () => read.epochs('1,,2'), /^--checkpoints: .*found ""/],
    ['epochs', () => read.epochs('1-3'), /"1-3"/],
    ['perturbations', () => read.perturbationNumbers('0'), /^--only: .*found "0"/],
    ['channels', () => read.meanChannels('1,2,'), /^--mean: .*"1,2,"/],
    ['channels', () => read.meanChannels('0,0,0,0'), /"0,0,0,0"/],
    ['channels', () => read.meanChannels('0,0,NaN'), /NaN/],
    ['channels', () => read.stdChannels('1,1,0'), /^--std: .*"1,1,0", expected .* each from 0\.000001 to 100/],
    ['channels', () => read.stdChannels('1,-1,1'), /"1,-1,1"/],
    ['class', () => targetClass('2', CLASSES), /^--class: no such class: found "2"/],
    ['class', () => targetClass('cta', CLASSES), /predicted, label, a class from 0 to 1, or one of cat, dog/],
    ['opacity', () => read.share('--opacity', 0)('1.1'), /^--opacity: .*"1\.1", expected a number from 0 to 1/],
    ['opacity', () => read.share('--opacity', 0)(' '), /" "/],
    ['image', () => read.imageReferences(['test:']), /^--images: .*""/],
    ['image', () => read.imageReferences(['train:1,x']), /"x"/],
    ['image', () => read.imageReferences(['train:9-3']), /--images: .*9-3.*3-9/],
  ])('that are no %s are refused', (_, parse, message) => {
    expect(parse).toThrow(InputError);
    expect(parse).toThrow(message);
  });

  it('tell images of the data set from files', () => {
    expect(read.imageReferences(['test:3,17', 'train:0', 'train:8-9', 'cat.png', 'C:\\test.png', './test:3'])).toEqual([
      { kind: 'set', set: 'test', index: 3 },
      { kind: 'set', set: 'test', index: 17 },
      { kind: 'set', set: 'train', index: 0 },
      { kind: 'set', set: 'train', index: 8 },
      { kind: 'set', set: 'train', index: 9 },
      { kind: 'file', path: 'cat.png' },
      { kind: 'file', path: 'C:\\test.png' },
      { kind: 'file', path: './test:3' },
    ]);
  });
});

describe('file names of pictures', () => {
  it('are the images’, each its own', () => {
    const names = ['test:3', 'a/cat.png', 'b/cat.jpg', 'c/cat-2.png', 'd/Cat.png', 'test:3', 'noextension'];
    const stems = fileStems(names);
    expect([...stems]).toEqual([
      ['test:3', 'test-3'],
      ['a/cat.png', 'cat'],
      ['b/cat.jpg', 'cat-2'],
      ['c/cat-2.png', 'cat-2-2'],
      ['d/Cat.png', 'Cat-3'],
      ['noextension', 'noextension'],
    ]);
  });
});

describe('what is printed', () => {
  it('durations', () => {
    expect([0, 59.4, 59.6, 3599, 3600, 7384, -1].map(duration)).toEqual([
      '0 s',
      '59 s',
      '1 min 0 s',
      '59 min 59 s',
      '1 h 0 min',
      '2 h 3 min',
      '0 s',
    ]);
  });

  it('tables: the first column to the left, the others to the right', () => {
    expect(
      table([
        ['epoch', 'loss'],
        ['1', '10.25'],
      ]),
    ).toEqual(['epoch   loss', '1      10.25']);
    expect(table([])).toEqual([]);
  });

  it('no column without a value in any row', () => {
    const header = ['image', 'label', 'mask'];
    expect(withoutEmptyColumns([header, ['a', '–', '–'], ['b', 'dog', '–']])).toEqual([
      ['image', 'label'],
      ['a', '–'],
      ['b', 'dog'],
    ]);
    expect(withoutEmptyColumns([header])).toEqual([header]);
  });
});
