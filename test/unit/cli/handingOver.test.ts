/** What a submission leaves behind, and what the next one makes of it: Slurm's programs are scripts of ours here. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handedOver } from '../../../src/cli/cluster/handedOver';
import type { ClusterOptions } from '../../../src/cli/cluster/options';
import { submitJob } from '../../../src/cli/cluster/submitJob';
import {
  jobFolder,
  jobPaths,
  readJob,
  TASK_FORMAT,
  USUAL_TEMPLATE,
  writeJob,
  writeTask,
  type StoredJob,
} from '../../../src/cluster';

const { PATH, EPOCHLENS_CACHE } = process.env;

describe.skipIf(process.platform === 'win32')('a submission', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'epochlens-handing-'));
    await mkdir(join(folder, 'bin'));
    process.env['PATH'] = `${join(folder, 'bin')}:${PATH ?? ''}`;
    process.env['EPOCHLENS_CACHE'] = join(folder, 'cache');
    await put('scontrol', 'echo "ClusterName = one"');
    await put('squeue', 'true');
  });
  afterEach(async () => {
    process.env['PATH'] = PATH;
    if (EPOCHLENS_CACHE === undefined) delete process.env['EPOCHLENS_CACHE'];
    else process.env['EPOCHLENS_CACHE'] = EPOCHLENS_CACHE;
    await rm(folder, { recursive: true });
  });

  async function put(name: string, body: string): Promise<void> {
    const path = join(folder, 'bin', name);
    await writeFile(path, `#!/bin/sh\n${body}\n`);
    await chmod(path, 0o755);
  }

  const jobs = (): Promise<string[]> => readdir(join(folder, 'sweep', 'jobs')).catch(() => []);

  const submit = (
    host?: string,
    options: ClusterOptions = {},
    studyFile = join(folder, 's.epochlens.json'),
  ): Promise<StoredJob> =>
    submitJob(
      {
        ...{ kind: 'cells', studyFile, sweepFolder: join(folder, 'sweep') },
        ...{ tasks: ['a', 'b'], engine: 'embedded', options: { memory: 'none', ...(host && { host }), ...options } },
        ...{ bytes: undefined, seconds: undefined, inParts: () => 'Submit fewer.' },
      },
      { log: () => undefined },
    );

  it.each([
    [{ time: '01:00:00' }, 'time', '--time'],
    [{ memory: 2 ** 30 }, 'memory', '--memory'],
    [{ cpus: 2 }, 'cpus', '--cpus'],
    [{ nodeLocal: '/tmp/copies' }, 'prepare', '--node-local'],
  ])('is refused before Slurm is asked where %j has no place in the script', async (options, name, option) => {
    await put('sbatch', `touch '${join(folder, 'asked')}'; echo 7`);
    const file = join(folder, 'slurm.epochlens.sh');
    await writeFile(file, USUAL_TEMPLATE.replace(`{{${name}}}`, ''));
    await expect(submit(undefined, options)).rejects.toThrow(`slurm.epochlens.sh, ${option}: an option that`);
    expect([await jobs(), (await readdir(folder)).includes('asked')]).toEqual([[], false]);
    await submit();
    expect(await jobs()).toHaveLength(1);
  });

  it('of a link to a study takes the script beside the study, where its runs lie', async () => {
    await put('sbatch', 'echo 7');
    const [real, linked] = [join(folder, 'real'), join(folder, 'linked')];
    for (const each of [real, linked]) await mkdir(each);
    await writeFile(join(real, 's.epochlens.json'), '{}');
    await symlink(join(real, 's.epochlens.json'), join(linked, 's.epochlens.json'));
    await writeFile(join(real, 'slurm.epochlens.sh'), `${USUAL_TEMPLATE}# mine\n`);
    const { folder: job } = await submit(undefined, {}, join(linked, 's.epochlens.json'));
    expect(await readFile(jobPaths(job).script, 'utf8')).toMatch(/# mine\n$/);
    expect(await readdir(linked)).toEqual(['s.epochlens.json']);
  });

  describe('leaves nothing where it is certain that Slurm has not taken it:', () => {
    it.each([
      ['sbatch: error: Batch job submission failed: Invalid account', /failed: found sbatch: error:.*Invalid account$/],
      ['sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)', /contact/],
      ['sbatch: error: QOSMaxSubmitJobPerUserLimit', /QOSMaxSubmit.*too many at once\. Submit fewer\.$/],
    ])('%s', async (words, message) => {
      await put('sbatch', `echo "${words}" >&2; exit 1`);
      await expect(submit()).rejects.toThrow(message);
      expect(await jobs()).toEqual([]);
    });

    it('there is none', async () => {
      process.env['PATH'] = join(folder, 'bin');
      await expect(submit()).rejects.toThrow(/there is no sbatch on this machine/);
      expect(await jobs()).toEqual([]);
    });
  });

  describe('is kept, and said to be unknown, where Slurm may have taken it, also while the queue does not show it:', () => {
    it.each([
      ['its answer did not come in time', 'echo "sbatch: error: Socket timed out on send/recv operation" >&2; exit 1'],
      ['it was killed', 'kill -9 $$'],
      ['it ended without a word', 'exit 1'],
      ['it said no number', 'echo Welcome'],
    ])('%s', async (_, body) => {
      await put('sbatch', body);
      await expect(submit()).rejects.toThrow(/does not say whether it has taken the job.*--status/);
      const [name = ''] = await jobs();
      expect((await readJob(jobFolder(join(folder, 'sweep'), name)))?.id).toBeNull();
      expect(await readFile(jobPaths(jobFolder(join(folder, 'sweep'), name)).script, 'utf8')).toContain(name);
    });

    it('ssh was cut off', async () => {
      await put('sbatch', 'exit 0');
      await put('ssh', 'case "$6" in *sbatch*) exit 255 ;; *) exec sh -c "$6" ;; esac');
      await expect(submit('me@login')).rejects.toThrow(
        /does not say whether it has taken the job: found me@login does not answer/,
      );
      expect(await jobs()).toHaveLength(1);
    });
  });

  it.each([undefined, 'me@login'])('is what its script says, whatever sbatch’s variables say, on %s', async (host) => {
    // As sbatch has them: a variable counts for more than a line of the script.
    const own = {
      SBATCH_TIMELIMIT: '77',
      SBATCH_JOB_NAME: 'mine',
      SBATCH_ARRAY_INX: '0',
      SBATCH_WAIT: '1',
      SLURM_RESTART_COUNT: '3',
    };
    Object.assign(process.env, own, { SBATCH_ACCOUNT: 'physics' });
    try {
      await put('sbatch', `env | grep -E '^(SBATCH_|SLURM_RESTART)' >${join(folder, 'seen')}; echo 7`);
      await put('ssh', 'for last; do :; done; exec sh -c "$last"');
      await submit(host, { time: '00:30:00' });
      // Nobody has asked for an account here.
      expect(await readFile(join(folder, 'seen'), 'utf8')).toBe('SBATCH_ACCOUNT=physics\n');
    } finally {
      for (const name of [...Object.keys(own), 'SBATCH_ACCOUNT']) Reflect.deleteProperty(process.env, name);
    }
  });

  it('has its number from the queue, where its answer was lost', async () => {
    await put('sbatch', `ls ${join(folder, 'sweep', 'jobs')} >${join(folder, 'name')}; exit 255`);
    await put('squeue', `echo "7|0|PD|$(cat ${join(folder, 'name')})"`);
    expect(await submit()).toMatchObject({ job: { id: '7' } });
  });

  describe('whose number nobody heard, after a quarter of an hour', () => {
    let job: string;
    beforeEach(async () => {
      job = jobFolder(join(folder, 'sweep'), 'epochlens-s');
      await writeJob(job, {
        ...{ format: 1, name: 'epochlens-s', scheduler: 'slurm', host: null, id: null, kind: 'cells', studyFile: '/s' },
        ...{ tasks: ['a', 'b'], engine: 'embedded', requeues: 20, memoryBytes: null, time: null },
        submittedAt: new Date(Date.now() - 15 * 60_000).toISOString(),
      });
    });
    const look = (mends = true): Promise<ReadonlySet<string>> => handedOver(join(folder, 'sweep'), null, mends);

    it('is removed where it never began, and not by who only looks', async () => {
      expect([...(await look(false))]).toEqual([]);
      expect(await jobs()).toEqual(['epochlens-s']);
      await look();
      expect(await jobs()).toEqual([]);
    });

    it('has its number by its tasks, and stays with what they wrote', async () => {
      const at = new Date().toISOString();
      const said = { format: TASK_FORMAT, node: 'n1', restarts: 0, startedAt: at, heartbeat: at };
      await writeTask(job, 0, { ...said, jobId: '12', state: 'running' });
      await writeTask(job, 1, { ...said, jobId: '9', state: 'ended' });
      await look(false);
      expect((await readJob(job))?.id).toBeNull();
      await look();
      expect((await readJob(job))?.id).toBe('9');
    });

    it('stays where there is a log', async () => {
      await writeFile(jobPaths(job).log(1), 'it began\n');
      await look();
      expect(await readFile(jobPaths(job).log(1), 'utf8')).toBe('it began\n');
    });

    it('has its number by the queue', async () => {
      await put('squeue', 'echo "8|1|PD|epochlens-s"');
      expect([...(await look(false))]).toEqual(['b']);
      expect((await readJob(job))?.id).toBeNull();
      expect([...(await look())]).toEqual(['b']);
      expect((await readJob(job))?.id).toBe('8');
    });

    it('is over with those that are killed, or say that they have ended, while the scheduler has yet to notice', async () => {
      await put('squeue', 'for it in "0|R" "1|CG"; do echo "8|$it|epochlens-s"; done');
      expect([...(await look())]).toEqual(['a']);
      const at = new Date().toISOString();
      const said = { format: TASK_FORMAT, node: 'n1', restarts: 0, startedAt: at, heartbeat: at };
      await writeTask(job, 0, { ...said, jobId: '8', state: 'ended' });
      expect([...(await look())]).toEqual([]);
    });
  });
});
