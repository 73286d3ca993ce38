/** What cannot be handed to Slurm, or is gone by the time that its task begins: a clear line, and nothing by half. */
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobPaths, USUAL_TEMPLATE } from '../../src/cluster';
import { give, serve } from '../unit/download/server';
import { startSlurm, whyNoSlurm, withSlurm, type Slurm } from '../slurm';
import { archiveOfOneImage } from './cifarArchive';
import { epochlens, temporaryFolder, TINY, writeStudy, type Finished } from './cli';
import { cellsOf, ended, jobsOf, newestJob, statesOf, submit, trainsIn, until } from './slurmSweep';

const STUDY = {
  ...TINY,
  sweep: { recipes: { slow: {}, fast: { 'training.learningRate': 0.01 } }, seeds: 1, tests: 'none' },
};
/** Its tasks wait until somebody lets them go. */
const HELD = USUAL_TEMPLATE.replace('#SBATCH --requeue', '#SBATCH --requeue\n#SBATCH --hold');

describe.skipIf(whyNoSlurm() !== undefined)(withSlurm('a sweep that Slurm cannot have'), () => {
  let slurm: Slurm;
  beforeAll(async () => (slurm = await startSlurm({ maxArraySize: 3 })));
  afterAll(() => slurm.stop());

  const linesOf = ({ stderr }: Finished): string[] =>
    stderr
      .trim()
      .split('\n')
      .filter((line) => !/share memory/.test(line));

  it('is not submitted, and a line says what is wrong', async () => {
    const folder = await temporaryFolder();
    const path = await writeStudy(folder, STUDY);
    const refused = async (expected: RegExp, more: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<void> => {
      const finished = await submit(slurm, path, more, env);
      expect(finished.code).not.toBe(0);
      expect(finished.stderr).toMatch(expected);
      expect(linesOf(finished)).toHaveLength(1);
      expect(await jobsOf(path)).toEqual([]);
    };
    await refused(/there is no sbatch on this machine.*--host/, [], { PATH: '/nowhere' });
    await refused(/sbatch on this machine failed.*partition/, ['--partition', 'none']);
    await refused(/--account: this option takes a name: found ""/, ['--account', '']);
    await refused(/not a time: found "soon"/, ['--time', 'soon']);
    await refused(/not an amount of memory: found "much"/, ['--memory', 'much']);
    const template = join(folder, 'slurm.epochlens.sh');
    await writeFile(template, USUAL_TEMPLATE.replace('{{partition}}', '{{partitoin}}'));
    await refused(
      /slurm\.epochlens\.sh, line 9: an unknown placeholder: found \{\{partitoin\}\}, expected .*\{\{partition\}\}/,
    );
    await writeFile(template, USUAL_TEMPLATE.replace('#!/bin/bash\n', ''));
    await refused(/slurm\.epochlens\.sh, line 1: .*#!\/bin\/bash/);
    await rm(template);
    await symlink('slurm.epochlens.sh', template);
    await refused(/slurm\.epochlens\.sh: the script cannot be read: found ELOOP.*remove it/);
    await rm(template);
    await writeFile(template, USUAL_TEMPLATE.replace('{{array}}', '0-1'));
    await refused(/a placeholder is missing: found no \{\{array\}\}/);
    const { code, stderr } = await epochlens(['sweep', path, '--limit', '3']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--on slurm')]);
    await writeStudy(folder, { ...STUDY, dataset: { kind: 'cifar10', folder: 'absent' } });
    await refused(/no CIFAR-10 in .*absent.*--download/);
    // Fetched first where that is asked for, and nothing is submitted without it.
    const away = await submit(slurm, path, ['--download'], { EPOCHLENS_CIFAR10_URL: 'http://127.0.0.1:1/a.tar.gz' });
    expect([away.code, away.stderr]).toEqual([1, expect.stringContaining('127.0.0.1')]);
    expect([await jobsOf(path), await slurm.ask('squeue', '-h')]).toEqual([[], '']);
  });

  it('is submitted once what its tasks need is fetched, where that is asked for: they never download', async () => {
    const path = await writeStudy(await temporaryFolder(), { ...STUDY, dataset: { kind: 'cifar10', folder: 'data' } });
    const folder = join(path, '..');
    const archive = await archiveOfOneImage();
    const server = await serve((request, response) => give(request, response, archive, '"1"'));
    const env = {
      EPOCHLENS_CIFAR10_URL: `${server.origin}/archive.tar.gz`,
      EPOCHLENS_CIFAR10_SHA256: createHash('sha256').update(archive).digest('hex'),
    };
    const { code, stdout } = await submit(slurm, path, ['--download'], env);
    await slurm.ask('scancel', '--me');
    expect([code, stdout]).toEqual([0, expect.stringContaining('Submitted 2 cells')]);
    expect(await readdir(join(folder, 'data'))).toEqual(['data_batch_1.bin', 'test_batch.bin']);
    server.close();
  });

  it('is not submitted over ssh where the host does not answer, has no Slurm, or sees other files', async () => {
    const path = await writeStudy(await temporaryFolder(), STUDY);
    const bin = await temporaryFolder();
    const over = async (body: string): Promise<Finished> => {
      await writeFile(join(bin, 'ssh'), `#!/bin/sh\n${body}\n`);
      await chmod(join(bin, 'ssh'), 0o755);
      return submit(slurm, path, ['--host', 'user@login'], { PATH: `${bin}:${process.env['PATH'] ?? ''}` });
    };
    expect(await over('case "$6" in *cat*) echo other ;; *) exec sh -c "$6" ;; esac')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('user@login does not see this folder') as string,
    });
    expect(await over('echo "ssh: connect to host login: timed out" >&2; exit 255')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/user@login does not answer to ssh: found ssh: connect.*try ssh/) as string,
    });
    expect(await over('exit 127')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no sbatch on user@login') as string,
    });
    expect(await jobsOf(path)).toEqual([]);
    // That a host greets everybody, on the output of a command too, is no reason.
    expect(await over('echo "Welcome, 3 jobs run"; exec sh -c "$6"')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Submitted 2 cells') as string,
    });
    await slurm.ask('scancel', '--me');
  });

  it('is not submitted where its tasks are too many, and is in the parts that are named', async () => {
    const recipes = { 'a b': {}, c: { 'training.learningRate': 0.01 } };
    const path = await writeStudy(await temporaryFolder(), { ...STUDY, sweep: { recipes, seeds: 2, tests: 'none' } });
    const part = "Submit a part first by --cell 'a b', and then the others by this command again.";
    expect(await submit(slurm, path, ['--dry-run'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`found 4, expected at most 3, its MaxArraySize. ${part}`) as string,
    });
    const on = ['--memory', 'none', '--partition', 'main', '--requeues', '0'];
    await slurm.ask('scontrol', 'update', 'partition=main', 'state=down');
    expect((await submit(slurm, path, [...on, '--cell', 'a b'])).stdout).toContain('Submitted 2 cells');
    expect((await submit(slurm, path, on)).stdout).toContain('Submitted 2 cells');
    await slurm.ask('scancel', '--me');
    await slurm.ask('scontrol', 'update', 'partition=main', 'state=up');
  });

  it('may be submitted though ssh was cut off: it is kept, and found', async () => {
    const path = await writeStudy(await temporaryFolder(), STUDY);
    const bin = await temporaryFolder();
    const ssh = join(bin, 'ssh');
    // It takes the job, and then nothing is heard any more.
    const cut = `case "$6" in *squeue*) exit 255 ;; esac\nsh -c "$6"\ncase "$6" in *parsable*) exit 255 ;; esac`;
    await writeFile(ssh, `#!/bin/sh\n${cut}\n`);
    await chmod(ssh, 0o755);
    const over = (): Promise<Finished> =>
      submit(slurm, path, ['--host', 'user@login', '--memory', 'none'], {
        PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      });
    await slurm.ask('scontrol', 'update', 'partition=main', 'state=down');
    expect(await over()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/does not say.*found user@login does not answer to ssh.*--status/) as string,
    });
    const { folder } = await newestJob(path);
    expect(await readFile(jobPaths(folder).script, 'utf8')).toContain('--array=0-1');
    await writeFile(ssh, '#!/bin/sh\nexec sh -c "$6"\n');
    expect((await over()).stdout).toContain('Nothing to submit');
    const { id } = (await newestJob(path)).job;
    expect((await slurm.ask('squeue', '-h', '-o', '%F')).trim()).toBe(id);
    await slurm.ask('scancel', '--me');
    await slurm.ask('scontrol', 'update', 'partition=main', 'state=up');
  });

  it('may be submitted where Slurm does not say so: it is kept until somebody knows', async () => {
    const path = await writeStudy(await temporaryFolder(), STUDY);
    await writeFile(join(path, '..', 'slurm.epochlens.sh'), HELD);
    const bin = await temporaryFolder();
    const program = async (name: string, body: string): Promise<void> => {
      await writeFile(join(bin, name), `#!/bin/sh\n${body}\n`);
      await chmod(join(bin, name), 0o755);
    };
    // It takes the job, and nobody hears of it.
    await program('sbatch', 'PATH=${PATH#*:}; sbatch "$@"; [ "$1" = --version ] || { echo "timed out" >&2; exit 1; }');
    await program('squeue', 'exit 1');
    // What waits is in the queue until it is cancelled.
    await slurm.ask('scontrol', 'update', 'partition=main', 'state=down');
    const lost = await submit(slurm, path, ['--memory', 'none'], { PATH: `${bin}:${process.env['PATH'] ?? ''}` });
    expect(lost).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/does not say.*timed out.*--status/) as string,
    });
    expect((await newestJob(path)).job.id).toBeNull();
    expect((await submit(slurm, path)).stdout).toContain('Nothing to submit');
    const { folder, job } = await newestJob(path);
    expect((await slurm.ask('squeue', '-h', '-o', '%F')).split('\n')).toContain(job.id);
    // Nor twice where what was handed over cannot be read any more.
    await writeFile(jobPaths(folder).job, '{"format": 1, "na');
    expect(await submit(slurm, path)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /job\.json: nobody can read which cells.*found job \d+ in the queue.*scancel \d+/,
      ) as string,
    });
    // Whoever asks how far it is sees that, and whoever cancels or holds it must know that it was not done.
    const unknown = expect.stringMatching(/nobody can read which cells.*scancel \d+/) as string;
    // What Slurm said before, or to others, is not waited for.
    const fresh = { ...slurm.env, EPOCHLENS_CACHE: await temporaryFolder(), EPOCHLENS_SCHEDULER_SECONDS: '1' };
    const ask = (...more: string[]) => epochlens(['sweep', path, ...more], { env: fresh });
    expect(await ask('--status')).toMatchObject({ code: 0, stdout: unknown });
    for (const option of ['--pause', '--continue', '--cancel'])
      expect(await ask(option)).toMatchObject({ code: 2, stderr: unknown });
    await slurm.ask('scancel', '--me');
    expect(await ask('--cancel')).toMatchObject({ code: 0 });
    await slurm.ask('scontrol', 'update', 'partition=main', 'state=up');
  });

  it('says so where a node does not see the folder, or the study was changed or removed meanwhile', async () => {
    const changed = await writeStudy(await temporaryFolder(), STUDY);
    const removed = await writeStudy(await temporaryFolder(), STUDY);
    const hidden = await writeStudy(await temporaryFolder(), STUDY);
    for (const path of [changed, removed, hidden]) {
      await writeFile(join(path, '..', 'slurm.epochlens.sh'), HELD);
      expect((await submit(slurm, path)).code).toBe(0);
    }
    await writeStudy(join(changed, '..'), {
      ...STUDY,
      sweep: { ...STUDY.sweep, recipes: { slow: {}, other: { 'training.learningRate': 0.07 } } },
    });
    await rm(removed);
    // Its logs are written where the folder is, which the task then does not find there.
    const { folder, job } = await newestJob(hidden);
    await rm(jobPaths(folder).job);
    for (const id of [job.id, (await newestJob(changed)).job.id, (await newestJob(removed)).job.id])
      await slurm.ask('scontrol', 'release', id ?? '');
    const read = async (index: number): Promise<string> =>
      readFile(jobPaths(folder).log(index), 'utf8').catch(() => '');
    expect(await until(async () => (await read(1)).includes('\n') && read(1), 'it says so')).toMatch(
      /^epochlens: node \S+ does not see this folder, which must be on a disk that all nodes share: .*epochlens-tiny/,
    );
    expect((await ended(slurm, removed)).error).toMatch(/tiny\.epochlens\.json.*no such file/);
    expect(await ended(slurm, changed, 1)).toMatchObject({
      error: expect.stringMatching(/has no cell [0-9a-f]{12} any more: it was changed after/) as string,
    });
    await ended(slurm, changed);
    expect(await statesOf(changed)).toEqual({ slow: 'done', other: 'new' });
  });

  it('is named and cancelled where the study has lost its cell meanwhile', async () => {
    const path = await writeStudy(await temporaryFolder(), STUDY);
    await writeFile(join(path, '..', 'slurm.epochlens.sh'), HELD);
    expect((await submit(slurm, path)).code).toBe(0);
    const { id } = (await newestJob(path)).job;
    await writeStudy(join(path, '..'), { ...STUDY, sweep: { ...STUDY.sweep, recipes: { slow: {} } } });
    const sweep = (...more: string[]) => epochlens(['sweep', path, ...more], { env: slurm.env });
    const line = `1 task of a cell that the study has no more: ${id ?? ''}_1`;
    expect((await sweep('--status')).stdout).toContain(line);
    // Not with those that are named.
    expect((await sweep('--cancel', '--cell', 'slow')).stdout).toContain(line);
    expect(await slurm.ask('squeue', '-h', '-r', '-o', '%K', '-j', id ?? '')).toBe('1\n');
    expect(await sweep('--cancel')).toMatchObject({
      code: 0,
      stdout: expect.not.stringContaining('no more') as string,
    });
    expect(await slurm.ask('squeue', '--me', '-h')).toBe('');
  });

  it('goes on there alone by --continue: what the cluster does not have is not begun here', async () => {
    const path = await writeStudy(await temporaryFolder(), STUDY);
    await writeFile(join(path, '..', 'slurm.epochlens.sh'), USUAL_TEMPLATE.replace('--requeue', '--requeue --hold'));
    expect((await submit(slurm, path, ['--cell', 'slow'])).code).toBe(0);
    const sweep = (...more: string[]) => epochlens(['sweep', path, ...more], { env: slurm.env });
    expect(await sweep('--pause')).toMatchObject({ code: 0, stdout: expect.stringContaining('paused') as string });
    expect(await sweep('--continue')).toMatchObject({
      code: 0,
      stdout: expect.not.stringContaining('paused') as string,
      stderr: expect.stringMatching(/^Nothing is begun here\..*epochlens sweep .*tiny\.epochlens\.json$/m) as string,
    });
    expect((await ended(slurm, path)).error).toBeUndefined();
    expect(await statesOf(path)).toEqual({ slow: 'done', fast: 'new' });
    // Whoever goes on, here or there, takes the engine of before.
    const queue = await readFile(join(path, '..', '.epochlens', 'sweeps', 'tiny', 'queue.json'), 'utf8');
    expect(JSON.parse(queue)).toMatchObject({ engine: 'embedded', paused: false });
  });

  it('fails with a reason where its run folder is removed while it trains, and is mended by --retry', async () => {
    const folder = join(await temporaryFolder(), 'one');
    await mkdir(folder);
    // Long enough to be seen on a fast machine.
    const dataset = { kind: 'synthetic', trainCount: 600, testCount: 20 };
    const path = await writeStudy(folder, { ...STUDY, dataset });
    await submit(slurm, path, ['--cell', 'slow']);
    await trainsIn(path, 0);
    const [run = ''] = (await cellsOf(path)).flatMap((cell) => cell.run ?? []);
    await rm(run, { recursive: true, force: true });
    expect((await ended(slurm, path)).error).toMatch(/runs.tiny.\d{8}-/);
    expect(await statesOf(path)).toMatchObject({ slow: 'failed' });
    await submit(slurm, path, ['--retry', '--cell', 'slow']);
    expect((await ended(slurm, path)).error).toBeUndefined();
    expect(await statesOf(path)).toMatchObject({ slow: 'done' });
    expect(await readdir(join(folder, '.epochlens', 'sweeps', 'tiny', 'jobs'))).toHaveLength(2);
  });
});
