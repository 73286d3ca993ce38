import { expect, test } from 'vitest';
import { processStart } from '../../../../src/common/processes';
import { launchState, rememberedLaunches, startingRun, type Launch } from '../../../../src/extension/runs/launches';
import { trainingRun } from './summaries';

const launch: Launch = {
  ...{
    folder: '/w/.epochlens/runs/s/1',
    architecture: 'resnet20',
    studyName: 's',
    studyFile: '/w/s.epochlens.json',
    pid: process.pid,
  },
  ...{ launchedAt: new Date().toISOString(), logOffset: 0, resumes: false },
};
/** No process can have it. */
const NOBODY = 2 ** 30;

function memory() {
  const values = new Map<string, unknown>();
  return {
    get: <T>(key: string, otherwise: T): T => (values.has(key) ? (values.get(key) as T) : otherwise),
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  };
}

test('a launch is remembered until it is removed, one a folder', async () => {
  const launches = rememberedLaunches(memory());
  await launches.add({ ...launch, pid: 1 });
  await launches.add(launch);
  expect(launches.all()).toEqual([launch]);
  await launches.remove({ ...launch, pid: 1 });
  expect(launches.all()).toEqual([launch]);
  await launches.remove(launch);
  expect(launches.all()).toEqual([]);
});

test('it has begun when the status is its own, and is dead when its process is gone before that', () => {
  const { status } = trainingRun({}, { pid: launch.pid, startedAt: new Date(Date.now() + 1000).toISOString() });
  expect(launchState(launch, status)).toBe('begun');
  expect(launchState(launch, undefined)).toBe('starting');
  expect(launchState({ ...launch, pid: NOBODY }, undefined)).toBe('dead');
});

test('the status of the training before it does not count, also when process ids repeat', () => {
  const { status } = trainingRun({}, { pid: launch.pid, startedAt: '2020-01-01T00:00:00.000Z' });
  expect(launchState(launch, status)).toBe('starting');
});

test('a process id from before the machine was started is nobody’s', () => {
  expect(launchState({ ...launch, launchedAt: '2020-01-01T00:00:00.000Z' }, undefined)).toBe('dead');
});

test('the start of its process tells it from others, whatever the clock was set to', () => {
  const start = processStart(process.pid) ?? '';
  const known: Launch = { ...launch, processStart: start };
  const ofPast = { pid: launch.pid, startedAt: '2020-01-01T00:00:00.000Z' };
  expect(launchState(known, trainingRun({}, { ...ofPast, processStart: start }).status)).toBe('begun');
  const ofFuture = { pid: launch.pid, startedAt: '2100-01-01T00:00:00.000Z' };
  expect(launchState(known, trainingRun({}, { ...ofFuture, processStart: 'another' }).status)).toBe('starting');
  expect(launchState({ ...known, launchedAt: '2020-01-01T00:00:00.000Z' }, undefined)).toBe('starting');
  expect(launchState({ ...known, processStart: 'another' }, undefined)).toBe('dead');
});

test('what starts is shown before there is anything of it; what goes on keeps what it has', () => {
  expect(startingRun(launch, undefined)).toMatchObject({ state: 'starting', id: '1', checkpoints: [] });
  expect(startingRun(launch, trainingRun({ state: 'cancelled' }))).toMatchObject({
    state: 'starting',
    checkpoints: [0, 1, 2],
  });
});
