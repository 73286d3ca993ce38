/** Which runs a menu or a key means. */
import { expect, test } from 'vitest';
import type { RunSummary } from '../../../../src/extension/runs/runSummary';
import { createRunSelection, givenTarget, selectedRuns } from '../../../../src/extension/runs/selection';

const run = (folder: string): RunSummary => ({ folder }) as RunSummary;
const runStore = { find: (folder: string) => run(folder) };
const node = (folder: string) => ({ kind: 'run', run: run(folder) });
const chosen = async (
  target: Parameters<typeof selectedRuns>[0],
  others: readonly unknown[],
  focused: string[] = [],
) => {
  const selection = createRunSelection();
  selection.provide(() => Promise.resolve(focused.map(node)));
  return (await selectedRuns(target, others, { runStore, selection }))?.map(({ folder }) => folder);
};

test('a menu means the selected runs, and not the run of a checkpoint that is selected with them', async () => {
  const checkpoint = { kind: 'checkpoint', run: run('b'), epoch: 3 };
  expect(await chosen(node('a'), [node('a'), checkpoint, { kind: 'study' }])).toEqual(['a']);
  expect(await chosen(node('a'), [node('a'), node('b')])).toEqual(['a', 'b']);
});

test('a key means what has the focus, and a single node is left to whoever asks', async () => {
  expect(await chosen('selected', [], ['a'])).toEqual(['a']);
  expect(await chosen('selected', [])).toEqual([]);
  expect(await chosen(node('a'), [])).toBeUndefined();
});

test('a menu means the rows with the focus where VS Code was drawing them anew and passed none', async () => {
  const selection = createRunSelection();
  const given = (...args: unknown[]) => givenTarget(args, { selection });
  let focused = [node('a')];
  selection.provide(() => Promise.resolve(focused));
  expect(await given(undefined, undefined)).toEqual([node('a'), []]);
  expect(await given()).toEqual([undefined, []]);
  expect(await given(node('b'), undefined)).toEqual([node('b'), []]);
  focused = [node('a'), node('b')];
  expect(await given(undefined, undefined)).toEqual([node('a'), [node('a'), node('b')]]);
});
