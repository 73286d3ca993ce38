import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { RunSummary } from '../../../../src/extension/runs/runSummary';
import { createStudyDifferences, staleText } from '../../../../src/extension/runs/stale';
import type { Run } from '../../../../src/runs';
import { makeRun, makeStudy } from '../../runs/fixture';
import { readStudies } from '../../../../src/study';
import { trainingRun } from './summaries';

const summaryOf = ({ folder, study, studyFile, manifest }: Run, change: Partial<RunSummary> = {}): RunSummary =>
  trainingRun({
    folder,
    studyFile,
    architecture: study.model.architecture,
    createdAt: manifest.createdAt,
    state: 'finished',
    ...change,
  });

test('all that is stale is said in one way', () => {
  expect(staleText({ differences: 'epochs 12 → 14' })).toBe('stale: epochs 12 → 14');
  expect(staleText({ was: '87.4 %' })).toBe('stale: was 87.4 %');
  expect(staleText(undefined)).toBe('stale: computed before a change');
});

test('a study that was edited differs from its newest run, until it is trained again', async () => {
  const differences = createStudyDifferences();
  const located = await makeStudy('{"training":{"epochs":12}}');
  const { path } = located;
  const first = summaryOf(await makeRun(located));
  expect(await differences(path, [])).toBeUndefined();
  expect(await differences(path, [first])).toBeUndefined();
  await writeFile(path, '{"training":{"epochs":14},"explain":{"layer":"layer1"}}');
  expect(await differences(path, [first])).toBe('epochs 12 → 14');
  const [now] = await readStudies(path);
  const second = summaryOf(await makeRun(now));
  expect(await differences(path, [second, first])).toBeUndefined();
  // A run that cannot be read is no newest one.
  await writeFile(path, '{"training":{"epochs":15}}');
  expect(await differences(path, [{ ...second, state: 'damaged' }, first])).toBe('epochs 12 → 15');
  await writeFile(path, '{');
  expect(await differences(path, [second, first])).toBeUndefined();
});

test('of several models each is held against its own newest run', async () => {
  const differences = createStudyDifferences();
  const models = '"model":[{"architecture":"resnet20"},{"architecture":"resnet18"}]';
  const { path } = await makeStudy(`{${models},"training":{"epochs":1}}`);
  const [small, large] = await readStudies(path);
  const runs = [summaryOf(await makeRun(large!)), summaryOf(await makeRun(small))];
  expect(await differences(path, runs)).toBeUndefined();
  await writeFile(path, `{${models},"training":{"epochs":2}}`);
  expect(await differences(path, runs)).toBe('epochs 1 → 2');
  const [, again] = await readStudies(path);
  expect(await differences(path, [summaryOf(await makeRun(again!)), ...runs])).toBe('epochs 1 → 2');
  await writeFile(path, '{"model":{"architecture":"efficientnet_b0"},"training":{"epochs":1}}');
  expect(await differences(path, runs)).toContain('architecture resnet18 → efficientnet_b0');
});
