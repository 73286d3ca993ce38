/** Every file operation of keeping an epoch fails once, and is once the last before the process dies: nothing is torn. */
import type files from 'node:fs/promises';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import {
  assertVouched,
  checkpointFile,
  listCheckpoints,
  optimizerStateEpochs,
  optimizerStateFile,
  readMetricsFile,
  voucherOf,
  writeEpoch,
  type Run,
} from '../../../src/runs';
import { sha256 } from '../../../src/runs/sums/sums';
import { WorkError } from '../../../src/common/errors';
import { makeRun, makeStudy } from './fixture';

/** Which operations fail, counted from 1; none while it is undefined. */
const fault = vi.hoisted(() => ({ count: 0, fails: undefined as ((operation: number) => boolean) | undefined }));

vi.mock('node:fs/promises', async (original) => {
  const all = await original<typeof files>();
  const counted =
    <Args extends unknown[], R>(operation: (...args: Args) => Promise<R>) =>
    (...args: Args): Promise<R> => {
      if (fault.fails?.(++fault.count) === true)
        return Promise.reject(Object.assign(new Error('EIO: i/o error'), { code: 'EIO' }));
      return operation(...args);
    };
  const open = counted(async (...args: Parameters<typeof all.open>) => {
    const handle = await all.open(...args);
    for (const name of ['writeFile', 'appendFile', 'truncate', 'sync'] as const) {
      const operation = handle[name].bind(handle) as (...args: unknown[]) => Promise<void>;
      Object.assign(handle, { [name]: counted(operation) });
    }
    return handle;
  });
  return { ...all, open, rename: counted(all.rename), rm: counted(all.rm), mkdir: counted(all.mkdir) };
});

const EPOCHS = 3;
const bytesOf = (epoch: number): Uint8Array => Uint8Array.from({ length: 300 }, (_, i) => (i * 7 + epoch) % 256);
const metricsOf = (epoch: number) => ({
  epoch,
  trainLoss: 1,
  trainAccuracy: 40,
  testLoss: 2,
  testAccuracy: 50 + epoch,
  learningRate: 0.1,
  seconds: 3,
  imagesPerSecond: 9,
});

async function keep(run: Run, epoch: number): Promise<void> {
  const files = { checkpoint: bytesOf(epoch), optimizerState: bytesOf(epoch + 100), metrics: metricsOf(epoch) };
  await writeEpoch(run.folder, { epoch, ...files });
}

async function newRun(): Promise<Run> {
  const run = await makeRun(await makeStudy());
  for (let epoch = 0; epoch < EPOCHS - 1; epoch++) await keep(run, epoch);
  return run;
}

/** Everything that is there is as it was written, and an epoch that counts is there as a whole. */
async function expectSound({ folder }: Run): Promise<number[]> {
  const present = (await listCheckpoints(folder)).map(({ epoch }) => epoch);
  const states = await optimizerStateEpochs(folder);
  const all = [
    ...present.map((epoch) => [epoch, checkpointFile(epoch)] as const),
    ...states.map((epoch) => [epoch, optimizerStateFile(epoch)] as const),
  ];
  for (const [epoch, file] of all) {
    const path = `${folder}/${file}`;
    assertVouched(path, await voucherOf(folder, file, epoch), sha256(await readFile(path)));
  }
  const { epochs, damaged, lost } = await readMetricsFile(folder);
  expect({ damaged, lost }).toEqual({ damaged: [], lost: [] });
  const counting = epochs.map(({ epoch }) => epoch);
  expect(epochs).toEqual(counting.map(metricsOf));
  expect(present).toEqual(expect.arrayContaining(counting));
  expect(states).toContain(counting.at(-1));
  return counting;
}

describe.each([
  ['fails', (n: number) => (operation: number) => operation === n],
  ['is the last before the process dies', (n: number) => (operation: number) => operation >= n],
])('when one file operation %s', (_, fails) => {
  it('no epoch before is lost, nothing is torn, and trying again gives the same', async () => {
    const operations = await countOperations();
    // Opening, writing, syncing and renaming each of four files, at least.
    expect(operations).toBeGreaterThan(12);
    for (let n = 1; n <= operations; n++) {
      const run = await newRun();
      Object.assign(fault, { count: 0, fails: fails(n) });
      const failure: unknown = await keep(run, EPOCHS - 1).then(
        () => undefined,
        (error: unknown) => error,
      );
      fault.fails = undefined;
      if (failure !== undefined) expect(failure).toBeInstanceOf(WorkError);
      const counting = await expectSound(run);
      expect(counting.slice(0, EPOCHS - 1), `operation ${n}`).toEqual([0, 1]);
      await keep(run, EPOCHS - 1);
      expect(await expectSound(run)).toEqual([0, 1, 2]);
      expect((await optimizerStateEpochs(run.folder)).length).toBe(2);
      expect((await readdir(run.folder)).filter((name) => name.startsWith('lock'))).toEqual([]);
    }
  });
});

async function countOperations(): Promise<number> {
  const run = await newRun();
  Object.assign(fault, { count: 0, fails: () => false });
  await keep(run, EPOCHS - 1);
  fault.fails = undefined;
  return fault.count;
}
