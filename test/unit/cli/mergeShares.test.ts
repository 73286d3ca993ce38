/** Which task of a job puts its shares together, and what becomes of that where it is told to stop. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mergedPath, mergeShares } from '../../../src/cli/cluster/mergeShares';
import { runTask } from '../../../src/cli/cluster/task';
import { createOutput } from '../../../src/cli/printing/output';
import { readTask, TASK_FORMAT, writeJob, writeTask, type JobFile, type TaskFile } from '../../../src/cluster';

const now = new Date().toISOString();
const JOB: JobFile = {
  ...{ format: 1, name: 'epochlens-a', scheduler: 'slurm', host: null, id: '7', kind: 'shards', studyFile: '/a' },
  ...{ tasks: ['1/2', '2/2'], command: ['perturb'], engine: 'auto', requeues: 5, memoryBytes: null, time: null },
  submittedAt: now,
};
const task = (change: Partial<TaskFile> = {}): TaskFile => ({
  ...{ format: TASK_FORMAT, node: 'n', jobId: '7', restarts: 0, startedAt: now, heartbeat: now, state: 'running' },
  ...change,
});

let folder: string;
const { argv } = process;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-merge-'));
  await writeJob(folder, JOB);
  await answering('console.log("all of it")');
});
afterEach(async () => {
  process.argv = argv;
  await rm(folder, { recursive: true });
});

/** What the command is, in place of this test. */
async function answering(script: string): Promise<void> {
  const program = join(folder, 'program.cjs');
  await writeFile(program, script);
  process.argv = [argv[0] ?? '', program];
}
const other = (change: Partial<TaskFile>): Promise<void> => writeTask(folder, 1, task(change));
const merge = (signal = new AbortController().signal): Promise<string | undefined> =>
  mergeShares(
    { folder, index: 0, job: JOB },
    (change) => writeTask(folder, 0, task(change)),
    { log: () => undefined },
    signal,
  );
const merged = (): Promise<string | undefined> => readFile(mergedPath(folder), 'utf8').catch(() => undefined);

describe('the shares of a job', () => {
  it('are put together by the last, before it says that it has ended', async () => {
    await other({ state: 'ended' });
    expect(await merge()).toBeUndefined();
    expect(await merged()).toBe('all of it\n');
    expect(await readTask(folder, 0)).toMatchObject({ state: 'running', computed: true });
  });

  it('are put together where the word of the other is seen late, as on a shared disk', async () => {
    await other({});
    const own = merge();
    await setTimeout(900);
    expect(await merged()).toBeUndefined();
    await other({ computed: true });
    await own;
    expect(await merged()).toBe('all of it\n');
  });

  it('are left to the other where it has not begun, is stopped or has failed, without waiting', async () => {
    const begin = performance.now();
    await merge();
    for (const change of [{ state: 'requeued' }, { state: 'ended', error: 'no' }] as const) {
      await other(change);
      await merge();
    }
    expect(performance.now() - begin).toBeLessThan(3000);
    expect(await merged()).toBeUndefined();
  });

  it('are not put together by a task that is told to stop, whose next turn does it', async () => {
    await other({ state: 'ended' });
    await answering('process.on("SIGTERM", () => process.exit(1)); console.log("half"); setInterval(() => {}, 1000)');
    const controller = new AbortController();
    const own = merge(controller.signal);
    await setTimeout(600);
    controller.abort();
    expect([await own, await merged()]).toEqual([undefined, undefined]);
    await answering('console.log("all of it")');
    await merge();
    expect(await merged()).toBe('all of it\n');
  });

  it('leave the task that is told to stop while it puts them together to go on, and not ended', async () => {
    await writeJob(folder, { ...JOB, scheduler: 'kubernetes' });
    await other({ state: 'ended' });
    await answering('if (!process.argv.includes("--shard")) setInterval(() => {}, 1000)');
    const controller = new AbortController();
    const log = (line: string): void => {
      if (line.startsWith('All shares are there')) controller.abort();
    };
    const turn = (signal: AbortSignal): Promise<void> => runTask(folder, 0, { ...createOutput(false), log }, signal);
    await expect(turn(controller.signal)).rejects.toThrow('goes on in another pod');
    expect([(await readTask(folder, 0))?.state, await merged()]).toEqual(['requeued', undefined]);
    await answering('if (!process.argv.includes("--shard")) console.log("all of it")');
    await turn(new AbortController().signal);
    expect([(await readTask(folder, 0))?.state, await merged()]).toEqual(['ended', 'all of it\n']);
  });

  it('are put together once, by one of all that are the last at once, as the first time', async () => {
    const words = JSON.stringify(join(folder, 'kept'));
    // As the command: what it has computed once it says to be kept.
    await answering(`const { appendFileSync, existsSync } = require("node:fs");
      console.log("kept", existsSync(${words})); appendFileSync(${words}, "x")`);
    const job = { ...JOB, tasks: ['1/4', '2/4', '3/4', '4/4'] };
    const ended = (index: number): Promise<string | undefined> =>
      mergeShares(
        { folder, index, job },
        (change) => writeTask(folder, index, task(change)),
        { log: () => undefined },
        new AbortController().signal,
      );
    expect(await Promise.all([0, 1, 2, 3].map(ended))).toEqual([undefined, undefined, undefined, undefined]);
    expect(await merged()).toBe('kept false\n');
    // In a later turn, of a node that failed after it had written.
    for (const index of [0, 1, 2, 3]) await ended(index);
    expect([await merged(), await readFile(join(folder, 'kept'), 'utf8')]).toEqual(['kept false\n', 'x']);
  });

  it('are left to the one that has begun to put them together, in whichever turn', async () => {
    await other({ state: 'ended' });
    await writeFile(join(folder, 'merger.json'), '{ "index": 1 }');
    expect([await merge(), await merged()]).toEqual([undefined, undefined]);
    await writeFile(join(folder, 'merger.json'), '{ "index": 0 }');
    expect([await merge(), await merged()]).toEqual([undefined, 'all of it\n']);
  });

  it('that cannot be put together say why', async () => {
    await other({ state: 'ended' });
    await answering('console.error("epochlens: no such run"); process.exit(2)');
    expect(await merge()).toMatch(/could not be put together \(no such run\): run the command without --shard/);
  });
});
