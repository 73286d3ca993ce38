import { expect, test } from 'vitest';
import { childNodes, nodeId, studyNodes } from '../../../../src/extension/tree/nodes';
import { trainingRun } from '../runs/summaries';

const study = { file: '/w/s.epochlens.json', name: 's' };
const namesOf = { kind: 'study', studyFile: study.file, name: 's', amongNamesakes: false } as const;

test('studies, their runs, and the checkpoints of these', () => {
  const runs = [trainingRun(), trainingRun({ folder: '/other', studyFile: '/w/t.epochlens.json', studyName: 't' })];
  const [first] = studyNodes([study], runs);
  expect(first).toEqual({ ...namesOf, missing: false, allRuns: [runs[0]] });
  const children = childNodes(first!);
  expect(children).toEqual([{ kind: 'run', run: runs[0], amongModels: false }]);
  expect(childNodes(children[0]!).map((node) => 'epoch' in node && node.epoch)).toEqual([0, 1, 2]);
});

test('pinned runs come first, the others stay the newest first', () => {
  const run = (id: string, pinned?: boolean) => trainingRun({ folder: id, about: pinned === true ? { pinned } : {} });
  const [first] = studyNodes([study], [run('4'), run('3', true), run('2'), run('1', true)]);
  const order = childNodes(first!).map((node) => 'run' in node && node.run.folder);
  expect(order).toEqual(['3', '1', '4', '2']);
});

test('runs of several models are told apart', () => {
  const runs = [trainingRun({ architecture: 'resnet18' }), trainingRun({ folder: '/b', architecture: 'resnet20' })];
  const children = (of: typeof runs) => childNodes(studyNodes([study], of)[0]!);
  expect(children(runs)).toMatchObject([{ amongModels: true }, { amongModels: true }]);
  expect(children([runs[0]!, runs[0]!])).toMatchObject([{ amongModels: false }, { amongModels: false }]);
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
  const run = trainingRun();
  expect(studyNodes([], [run])).toEqual([{ ...namesOf, missing: true, allRuns: [run] }]);
});

test('a run is the same node whatever happens to it', () => {
  const before = nodeId({ kind: 'run', run: trainingRun(), amongModels: false });
  const about = { name: 'other' };
  expect(nodeId({ kind: 'run', run: trainingRun({ state: 'finished', about }), amongModels: true })).toBe(before);
});
