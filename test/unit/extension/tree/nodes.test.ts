import { expect, test } from 'vitest';
import { childNodes, nodeId, studyNodes } from '../../../../src/extension/tree/nodes';
import { trainingRun } from '../runs/summaries';

const study = { file: '/w/s.epochlens.json', name: 's' };

test('studies, their runs, and the checkpoints of these', () => {
  const runs = [trainingRun(), trainingRun({ folder: '/other', studyFile: '/w/t.epochlens.json', studyName: 't' })];
  const [first] = studyNodes([study], runs);
  expect(first).toEqual({ kind: 'study', studyFile: study.file, name: 's', missing: false, amongNamesakes: false });
  const children = childNodes(first!, runs);
  expect(children).toEqual([{ kind: 'run', run: runs[0], amongModels: false }]);
  expect(childNodes(children[0]!, runs).map((node) => 'epoch' in node && node.epoch)).toEqual([0, 1, 2]);
});

test('runs of several models are told apart', () => {
  const runs = [trainingRun({ architecture: 'resnet18' }), trainingRun({ folder: '/b', architecture: 'resnet20' })];
  const [first] = studyNodes([study], runs);
  expect(childNodes(first!, runs)).toMatchObject([{ amongModels: true }, { amongModels: true }]);
  expect(childNodes(first!, [runs[0]!, runs[0]!])).toMatchObject([{ amongModels: false }, { amongModels: false }]);
});

test('studies of one name are told apart, also from one that is gone', () => {
  const gone = trainingRun({ studyFile: '/w/gone.epochlens.json', studyName: 's' });
  const other = { file: '/w/t.epochlens.json', name: 't' };
  expect(studyNodes([study, other], [gone])).toMatchObject([
    { studyFile: study.file, amongNamesakes: true },
    { studyFile: other.file, amongNamesakes: false },
    { studyFile: gone.studyFile, amongNamesakes: true },
  ]);
});

test('a study whose file is gone stays while it has runs', () => {
  const nodes = studyNodes([], [trainingRun()]);
  expect(nodes).toEqual([{ kind: 'study', studyFile: study.file, name: 's', missing: true, amongNamesakes: false }]);
});

test('a run is the same node whatever happens to it', () => {
  const before = nodeId({ kind: 'run', run: trainingRun(), amongModels: false }, 0);
  expect(nodeId({ kind: 'run', run: trainingRun({ state: 'finished' }), amongModels: true }, 3)).toBe(before);
});
