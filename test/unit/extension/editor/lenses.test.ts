import { expect, test } from 'vitest';
import { comparisonLenses, modelLenses, studyLenses } from '../../../../src/extension/editor/lenses';
import { trainingRun } from '../runs/summaries';

const FILE = '/w/s.epochlens.json';
const titles = (...args: Parameters<typeof studyLenses>): string[] => studyLenses(...args).map(({ title }) => title);

test('a study that was never trained', () => {
  expect(titles(FILE, [], true)).toEqual(['$(play) Train', '$(file-media) Choose images']);
});

test('a training shows how far it is, with Stop beside', () => {
  expect(titles(FILE, [trainingRun()], true)).toEqual([
    '$(sync~spin) 41.5 % · epoch 3 of 20 · 2 min left',
    '$(debug-stop) Stop',
    '$(eye) Open heatmaps',
    '$(graph-line) Show metrics',
    '$(error) Misclassified',
    '$(target) Attention',
    '$(file-media) Choose images',
  ]);
});

test('a stopped training can go on', () => {
  expect(titles(FILE, [trainingRun({ state: 'cancelled' })], true).slice(0, 3)).toEqual([
    '$(debug-continue) Resume at epoch 3 of 20',
    '$(play) Train',
    '$(history) 41.5 % · stopped after epoch 2 of 20',
  ]);
});

test('a training that was stopped within an epoch says where', () => {
  const { status, ...run } = trainingRun({ state: 'cancelled' });
  const stopped = { epoch: 3, step: 31, of: 98 };
  const [, , log] = titles(FILE, [{ ...run, status: status && { ...status, stopped } }], true);
  expect(log).toBe('$(history) 41.5 % · stopped in epoch 3 of 20, after step 31 of 98');
});

test('a training in PyTorch is neither stopped nor gone on with here', () => {
  expect(titles(FILE, [trainingRun({ watched: true })], true).slice(0, 2)).toEqual([
    '$(sync~spin) 41.5 % · epoch 3 of 20 · 2 min left · trained in PyTorch',
    '$(eye) Open heatmaps',
  ]);
  const [newest] = studyLenses(FILE, [trainingRun({ state: 'interrupted', watched: true })], true);
  expect(newest).toMatchObject({
    title: '$(history) 41.5 % · interrupted after epoch 2 of 20',
    command: 'epochlens.showMetrics',
  });
});

test('a run that was made with other settings says so', () => {
  const other = 'dataset.seed 1 → 7';
  const lenses = studyLenses(FILE, [trainingRun({ state: 'cancelled' })], true, other);
  expect(lenses[2]).toMatchObject({
    title: '$(history) 41.5 % · stopped after epoch 2 of 20 · stale: dataset.seed 1 → 7',
    tooltip: `The study has been edited since its newest run: ${other}. Show the log of the newest run`,
  });
});

test('each of several trainings has its own Stop', () => {
  const lenses = studyLenses(FILE, [trainingRun(), trainingRun({ folder: '/other' })], true);
  const stops = lenses.filter(({ title }) => title.endsWith('Stop'));
  expect(stops.map(({ argument }) => argument.run?.folder)).toEqual(['/w/.epochlens/runs/s/1', '/other']);
});

test('an untrusted workspace starts nothing and shows what is there', () => {
  expect(titles(FILE, [trainingRun({ state: 'cancelled' })], false)).toEqual([
    '$(workspace-untrusted) Trust this workspace to train',
    '$(history) 41.5 % · stopped after epoch 2 of 20',
    '$(eye) Open heatmaps',
    '$(graph-line) Show metrics',
    '$(error) Misclassified',
    '$(target) Attention',
    '$(file-media) Choose images',
  ]);
});

test('each of several models has its own training, and what they have in common is above the study', () => {
  const runs = [trainingRun({ architecture: 'resnet18' })];
  const of = (architecture: string, trusted = true) => modelLenses(FILE, runs, trusted, architecture);
  expect(of('resnet18').map(({ title }) => title)).toEqual([
    '$(sync~spin) 41.5 % · epoch 3 of 20 · 2 min left',
    '$(debug-stop) Stop',
  ]);
  expect(of('efficientnet_b0')).toMatchObject([
    { title: '$(play) Train', argument: { studyFile: FILE, architecture: 'efficientnet_b0' } },
  ]);
  expect(of('efficientnet_b0', false)).toEqual([]);
  expect(comparisonLenses(FILE, runs, true).map(({ title }) => title)).toEqual([
    '$(eye) Open heatmaps',
    '$(graph-line) Show metrics',
    '$(error) Misclassified',
    '$(target) Attention',
    '$(file-media) Choose images',
  ]);
});
