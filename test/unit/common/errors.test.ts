import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { describe as textOf, InputError, messageOf, WorkError } from '../../../src/common/errors';

describe('a message', () => {
  it('leads with the file’s name and what happened, and ends with the path', () => {
    const problem = { file: '/a/b/c.bin', place: 'record 2', found: 'one', expected: 'two', advice: 'Mend it.' };
    expect(textOf('cut short', problem)).toBe(
      'c.bin, record 2: cut short: found one, expected two. Mend it. (/a/b/c.bin)',
    );
  });

  it.each([
    ['c.bin', 'c.bin: no'],
    ['folder/c.bin', 'c.bin: no (folder/c.bin)'],
    ['/a/folder/', 'folder: no (/a/folder/)'],
    ['C:\\a\\c.bin', 'c.bin: no (C:\\a\\c.bin)'],
    ['https://host/a/c.bin?token=/x', 'c.bin: no (https://host/a/c.bin?token=/x)'],
    ['--images', '--images: no'],
    ['..', '..: no'],
    ['a/..', 'a/..: no'],
    ['/', '/: no'],
    ['test:3', 'test:3: no'],
  ])('of %s', (file, message) => {
    expect(textOf('no', { file })).toBe(message);
  });

  it('has further lines below, after the path', () => {
    expect(textOf('no', { file: 'a/b', lines: ['one', 'two'] })).toBe('b: no (a/b)\none\ntwo');
  });

  it('is bounded, whatever is found', () => {
    const long = 'x'.repeat(1_000_000);
    const problem = { file: long, place: long, found: long, expected: `${long}y` };
    expect(textOf(long, problem).length).toBeLessThan(6000);
  });

  it('never says the same on both sides', () => {
    expect(textOf('no', { found: '3', expected: '3' })).toBe('no: found 3, expected something else');
    const [one, other] = [`${'x'.repeat(1000)}1`, `${'x'.repeat(1000)}2`];
    expect(textOf('no', { found: one, expected: other })).toMatch(/found …x+1, expected …x+2$/);
  });

  it('shows control characters and what turns the direction of writing, on one line', () => {
    expect(textOf('no', { file: 'a\nb\u001b[31m\u202e.png', found: 'x\r\n  y' })).toBe(
      'a\\u000ab\\u001b[31m\\u202e.png: no: found x / y',
    );
  });

  it('names no class', () => {
    for (const error of [new InputError('no'), new WorkError('no')]) {
      expect(String(error)).toBe('no');
      expect(messageOf(error)).toBe('no');
      expect(inspect(error)).toBe('no');
      expect(error.stack?.split('\n')[0]).toBe('no');
    }
  });
});
