import { describe, expect, it } from 'vitest';
import type { TestResult } from '../../vscode/harness/results';
import { tryAgain } from '../../vscode/harness/secondTry';

const RELEASES = [{ vscode: 'new' }, { vscode: 'old' }];
const of = (vscode: string, name: string, ok: boolean): TestResult => {
  const suite = name.split(' › ')[0] as string;
  return { name: `${vscode} › ${name}`, ok, milliseconds: 1, suite: { vscode, name: suite } };
};

describe('the second try of suites', () => {
  it('is of failed suites alone, each under its own VS Code', async () => {
    const first = [of('new', 'a › 1', true), of('new', 'b › 1', false), of('old', 'a › 1', false)];
    const asked: string[] = [];
    const results = await tryAgain(first, RELEASES, ({ vscode }, suites) => {
      asked.push(`${vscode}: ${[...suites].join()}`);
      return Promise.resolve([...suites].map((suite) => of(vscode, `${suite} › 1`, true)));
    });
    expect(asked).toEqual(['new: b', 'old: a']);
    expect(results.map(({ name, ok, unsteady }) => [name, ok, unsteady])).toEqual([
      ['new › a › 1', true, undefined],
      ['new › b › 1', true, true],
      ['old › a › 1', true, true],
    ]);
  });

  it('counts all tests of a suite whose window opened at the second try alone', async () => {
    const first = [of('new', 'a › opens its window', false), of('new', 'b › 1', true)];
    const again = [of('new', 'a › 1', true), of('new', 'a › 2', true)];
    const results = await tryAgain(first, RELEASES, () => Promise.resolve(again));
    expect(results.map(({ name }) => name)).toEqual(['new › b › 1', 'new › a › 1', 'new › a › 2']);
  });

  it('fails where the second try fails, and is not made for what is no suite', async () => {
    const lane: TestResult = { name: 'lane 1', ok: false, milliseconds: 1 };
    const first = [lane, of('new', 'a › 1', false), of('new', 'a › 2', true)];
    const again = [of('new', 'a › 1', false), of('new', 'a › 2', true)];
    expect(await tryAgain(first, RELEASES, () => Promise.resolve(again))).toEqual([lane, ...again]);
    expect(await tryAgain([lane], RELEASES, () => Promise.reject(new Error('asked')))).toEqual([lane]);
  });
});
