/** What a scheduler has of a sweep that no cell of the study says: of cells that are gone, and of a damaged job.json. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refuseUnknown } from '../../../src/cli/cluster/handedOver';
import { sweepDocument, sweepTable } from '../../../src/cli/printing/sweepTable';
import { jobFolder, jobPaths, lookAtScheduler, writeJob } from '../../../src/cluster';
import { readSweepState, sweepFolder, type SweepState } from '../../../src/sweeps';

const NAME = 'epochlens-s-1';
const STUDY = {
  training: { epochs: 4 },
  sweep: { recipes: { a: {}, b: { 'training.learningRate': 0.02 } }, seeds: 1, tests: 'none' },
};

describe.skipIf(process.platform === 'win32')('what a scheduler has of a sweep', () => {
  let root: string;
  let study: string;
  let folder: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'unknown-tasks-'));
    vi.stubEnv('EPOCHLENS_CACHE', join(root, 'cache'));
    vi.stubEnv('PATH', `${root}${delimiter}${process.env['PATH'] ?? ''}`);
    study = join(root, 's.epochlens.json');
    await put(STUDY);
    folder = await sweepFolder(study);
    await mkdir(folder, { recursive: true });
    const { cells } = await stateOf();
    await writeJob(jobFolder(folder, NAME), {
      ...{ format: 1, name: NAME, scheduler: 'slurm', host: null, id: '4', kind: 'cells', studyFile: study },
      ...{ tasks: cells.map(({ cell }) => cell.id), engine: 'embedded', requeues: 3, memoryBytes: null, time: null },
      submittedAt: new Date().toISOString(),
    });
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(root, { recursive: true });
  });

  const put = (text: object): Promise<void> => writeFile(study, JSON.stringify(text));
  async function stateOf(): Promise<SweepState> {
    const state = await readSweepState(study);
    if (state === undefined) throw new Error('no sweep');
    return state;
  }

  /** A Slurm that has one task, in that state: to a look by its long words, else as a submission asks. */
  async function queueHas(state: string): Promise<void> {
    const own = state === 'COMPLETED' ? '' : `echo "10|0|PD|${NAME}"`;
    const look = `echo "10|0|10|${state}|N/A||None|${NAME}"`;
    await writeFile(
      join(root, 'squeue'),
      `#!/bin/sh\ncase "$*" in *--states=all*) ${look} ;; *) ${own || ':'} ;; esac\n`,
    );
    await chmod(join(root, 'squeue'), 0o755);
  }

  it('is not asked for because of what a file manager or a shared disk has left there', async () => {
    for (const name of ['.DS_Store', '.nfs0001']) await writeFile(join(folder, 'jobs', name), '');
    await writeFile(join(root, 'squeue'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    await expect(refuseUnknown(folder, null)).resolves.toBeUndefined();
    await writeFile(jobPaths(jobFolder(folder, NAME)).job, '');
    await expect(refuseUnknown(folder, null)).rejects.toThrow(/squeue/);
  });

  it('is named where the study has its cell no more', async () => {
    expect((await stateOf()).tasksWithoutCell).toEqual([]);
    await put({ ...STUDY, sweep: { ...STUDY.sweep, recipes: { a: {} } } });
    const state = await stateOf();
    expect(sweepTable(state)).toContain('1 task of a cell that the study has no more: 4_1');
    expect(sweepDocument(state)).toMatchObject({ tasksWithoutCell: [{ id: '4_1', state: 'queued' }] });
    await put({ ...STUDY, training: { epochs: 5 } });
    expect(sweepTable(await stateOf())).toContain('2 tasks of cells that the study has no more: 4_0, 4_1');
  });

  const UNKNOWN = /job\.json: nobody can read which cells this job has: found job 10 in the queue.*scancel 10/;

  it('is named, and ends what was asked of it, where nobody can read which cells it is of', async () => {
    await queueHas('PENDING');
    await refuseUnknown(folder, null);
    await writeFile(jobPaths(jobFolder(folder, NAME)).job, 'garbage');
    await lookAtScheduler(folder);
    expect(sweepTable(await stateOf())).toContainEqual(expect.stringMatching(UNKNOWN));
    await expect(refuseUnknown(folder, null)).rejects.toThrow(UNKNOWN);
  });

  it('is over where it has ended, whether or not its job can be read', async () => {
    await queueHas('COMPLETED');
    await writeFile(jobPaths(jobFolder(folder, NAME)).job, 'garbage');
    await lookAtScheduler(folder);
    expect((await stateOf()).schedulerProblem).toBeUndefined();
    await refuseUnknown(folder, null);
  });

  it('is not known where it does not answer, which is said of a job that nobody can read as well', async () => {
    await writeFile(join(root, 'squeue'), '#!/bin/sh\nexit 1\n');
    await chmod(join(root, 'squeue'), 0o755);
    await writeFile(jobPaths(jobFolder(folder, NAME)).job, 'garbage');
    await lookAtScheduler(folder);
    expect((await stateOf()).schedulerProblem).toMatch(/^Slurm has not answered so far/);
    await expect(refuseUnknown(folder, null)).rejects.toThrow(/squeue/);
  });
});
