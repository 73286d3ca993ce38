import { expect, test } from 'vitest';
import { childNodes, nodeId, studyNodes } from '../../../../src/extension/tree/nodes';
import { trainingRun } from '../runs/summaries';

const study = { file: '/w/s.epochlens.json', name: 's' };

test('studies, their runs, and the checkpoints of these', () => {
  const runs = [trainingRun(), trainingRun({ folder: '/other', studyFile: '/w/t.epochlens.json' })];
  const [first] = studyNodes([study], runs);
  expect(first).toEqual({ kind: 'study', studyFile: study.file, name: 's', missing: false });
  const children = childNodes(first!, runs);
  expect(children).toEqual([{ kind: 'run', run: runs[0] }]);
  expect(childNodes(children[0]!, runs).map((node) => 'epoch' in node && node.epoch)).toEqual([0, 1, 2]);
});

test('a study whose file is gone stays while it has runs', () => {
  const nodes = studyNodes([], [trainingRun()]);
  expect(nodes).toEqual([{ kind: 'study', studyFile: study.file, name: 's', missing: true }]);
});

test('a run is the same node whatever happens to it', () => {
  const before = nodeId({ kind: 'run', run: trainingRun() }, 0);
  expect(nodeId({ kind: 'run', run: trainingRun({ state: 'finished' }) }, 3)).toBe(before);
});
