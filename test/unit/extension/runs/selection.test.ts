/** Which runs a menu or a key means. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rowButtons, type Manifest } from '../../../../src/extension/runs/rowButtons';
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
  const selection = createRunSelection(new Set(['button']));
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
  const selection = createRunSelection(new Set(['button']));
  const given = (...args: unknown[]) => givenTarget('menu', args, { selection });
  let focused = [node('a')];
  selection.provide(() => Promise.resolve(focused));
  expect(await given(undefined, undefined)).toEqual([node('a'), []]);
  expect(await given()).toEqual([undefined, []]);
  expect(await given(node('b'), undefined)).toEqual([node('b'), []]);
  // A button may have been of another row than the one with the focus.
  expect(await givenTarget('button', [undefined, undefined], { selection })).toEqual([undefined, []]);
  focused = [node('a'), node('b')];
  expect(await given(undefined, undefined)).toEqual([node('a'), [node('a'), node('b')]]);
});

test('the commands of which rows have buttons are those of the manifest', () => {
  const manifest = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8');
  const buttons = rowButtons(JSON.parse(manifest) as Manifest);
  expect(buttons.has('epochlens.stop')).toBe(true);
  expect(buttons.has('epochlens.whatChanged')).toBe(false);
});
