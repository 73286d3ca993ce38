import { expect, test } from 'vitest';
import { childNodes, nodeId, studyNodes, type TreeNode } from '../../../../src/extension/tree/nodes';
import { trainingRun } from '../runs/summaries';
import { cellOf, sweepOf } from '../sweep/states';

const study = { file: '/w/s.epochlens.json', name: 's' };
const run = (folder: string, more: Parameters<typeof trainingRun>[0] = {}) =>
  trainingRun({ folder, studyFile: study.file, ...more });

/** c0 (a, seed 1) is done, c1 (b, seed 1) waits; a run of an earlier recipe, one of a retried cell, and a plain one. */
const sweep = {
  ...sweepOf([]),
  cells: [cellOf(0, { state: 'done', run: '/r/new' }), cellOf(1, { state: 'queued' })],
};
const runs = [
  run('/r/new', { studyHash: 'c0' }),
  run('/r/old', { studyHash: 'c0', cell: { recipe: 'called otherwise then', seed: 1 } }),
  run('/r/gone', { studyHash: 'x', cell: { recipe: 'gone', seed: 7 } }),
  run('/r/plain', { studyHash: 'y' }),
];

const [top] = studyNodes([study], runs, () => sweep);
const labels = (nodes: readonly TreeNode[]) =>
  nodes.map((node) => (node.kind === 'recipe' ? node.recipe : node.kind === 'run' ? node.run.folder : node.kind));

test('a sweep stands below its study, before the runs that are of no cell', () => {
  expect(labels(childNodes(top!))).toEqual(['sweep', '/r/plain']);
});

test('its recipes are those of the file, then those that runs alone name', () => {
  const recipes = childNodes(childNodes(top!)[0]!);
  expect(labels(recipes)).toEqual(['a', 'b', 'gone']);
  expect(labels(childNodes(recipes[0]!))).toEqual(['/r/new', '/r/old']);
  expect(childNodes(recipes[0]!)).toMatchObject([{ cell: 'c0', progress: { state: 'done' } }, { cell: undefined }]);
  expect(childNodes(recipes[1]!)).toMatchObject([{ kind: 'cell', cell: 'c1', studyFile: study.file }]);
  expect(labels(childNodes(recipes[2]!))).toEqual(['/r/gone']);
});

test('a run below its recipe is the node that it was below its study', () => {
  const recipe = childNodes(childNodes(top!)[0]!)[0]!;
  expect(nodeId(childNodes(recipe)[0]!)).toBe('run:/r/new');
});

test('without a sweep all runs stand below the study', () => {
  const [plain] = studyNodes([study], runs);
  expect(childNodes(plain!)).toHaveLength(4);
});
