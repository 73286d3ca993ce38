/** A sweep whose disk is full ends with a reason, here and on Slurm, and goes on to the same bits once there is room. */
import { readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTask, USUAL_TEMPLATE } from '../../src/cluster';
import { smallDisk, whyNoSmallDisk, type SmallDisk } from '../smallDisk';
import { startSlurm, whyNoSlurm, withSlurm, type Slurm } from '../slurm';
import { epochlens, succeed, temporaryFolder, TINY, tree, writeStudy } from './cli';
import { checkpointsOf, ended, firstTask, jobsOf, newestJob, statesOf, submit, until } from './slurmSweep';

const STUDY = {
  ...TINY,
  dataset: { kind: 'synthetic', trainCount: 30, testCount: 20 },
  training: { ...TINY.training, epochs: 1 },
  sweep: { recipes: { one: {} }, seeds: 1, tests: 'none' },
};
/** An epoch's checkpoint and momentum are 2.2 MB: those of two do not fit. */
const LITTLE = 4;
const ENOUGH = 16;
const FULL = /could not be written: found ENOSPC.* The disk is full: free some space/;

const why = whyNoSmallDisk();
const named = (name: string): string => (why === undefined ? name : `${name} (${why})`);

describe.skipIf(why !== undefined)(named('a sweep on a disk that is full'), () => {
  let disk: SmallDisk;
  let path: string;
  /** The same sweep where there is room. */
  let roomy: string;
  beforeAll(async () => {
    roomy = await writeStudy(await temporaryFolder(), STUDY);
    await succeed(['sweep', roomy, '--engine', 'embedded']);
    disk = smallDisk(LITTLE);
    path = await writeStudy(disk.folder, STUDY);
  });
  afterAll(() => (disk as SmallDisk | undefined)?.remove());

  /** In one run folder, with nothing half-written or held beside it. */
  async function isWhole(): Promise<void> {
    expect(await checkpointsOf(path)).toEqual(await checkpointsOf(roomy));
    const ours = join(disk.folder, '.epochlens');
    expect(await readdir(join(ours, 'runs', 'tiny'))).toHaveLength(1);
    expect((await tree(ours)).filter((name) => /\.tmp$|lock-\d+$/.test(name))).toEqual([]);
  }

  it('fails with a reason, and is gone on with by --retry', async () => {
    expect(await epochlens(['sweep', path, '--engine', 'embedded'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(FULL) as string,
    });
    expect(await statesOf(path)).toEqual({ one: 'failed' });
    disk.resize(ENOUGH);
    await succeed(['sweep', path, '--retry']);
    await isWhole();
  });

  describe.skipIf(whyNoSlurm() !== undefined)(withSlurm('of Slurm'), () => {
    let slurm: Slurm;
    beforeAll(async () => {
      slurm = await startSlurm();
      await rm(join(disk.folder, '.epochlens'), { recursive: true });
      disk.resize(LITTLE);
    });
    afterAll(() => (slurm as Slurm | undefined)?.stop());
    const states = async (): Promise<string> =>
      (await epochlens(['sweep', path, '--status'], { env: { ...slurm.env, EPOCHLENS_SCHEDULER_SECONDS: '1' } }))
        .stdout;

    it('is not submitted by half, where the program that it would run does not fit, or not even its files', async () => {
      const programs = join(disk.folder, '.epochlens', 'programs');
      expect(await submit(slurm, path)).toMatchObject({ code: 1, stderr: expect.stringMatching(FULL) as string });
      expect([await jobsOf(path), await readdir(programs), await slurm.ask('squeue', '-h')]).toEqual([[], [], '']);
      // From here on it lies on another disk.
      await rm(programs, { recursive: true });
      await symlink(await temporaryFolder(), programs);
      const fill = join(disk.folder, 'fill');
      await writeFile(fill, Buffer.alloc(LITTLE * 2 ** 20)).catch(() => undefined);
      expect(await submit(slurm, path)).toMatchObject({ code: 1, stderr: expect.stringMatching(FULL) as string });
      expect([await jobsOf(path), await slurm.ask('squeue', '-h')]).toEqual([[], '']);
      await rm(fill);
    });

    it('fails with a reason also where it cannot write one, and --retry asks for the same and ends with the same bits', async () => {
      const template = join(disk.folder, 'slurm.epochlens.sh');
      const fill = join(disk.folder, 'fill');
      await writeFile(
        template,
        USUAL_TEMPLATE.replace('{{prepare}}', `{{prepare}}\ncat /dev/zero >${fill} 2>/dev/null`),
      );
      await submit(slurm, path, ['--time', '30']);
      const id = await firstTask(path);
      await until(async () => (await slurm.ask('scontrol', 'show', 'job', id)).includes('ExitCode=74:0'), 'it fails');
      expect(await readTask((await newestJob(path)).folder, 0)).toBeUndefined();
      await rm(fill);
      await writeFile(template, USUAL_TEMPLATE);
      await until(async () => (await states()).includes('It found the disk full on n'), 'its reason is told');

      const retry = (): ReturnType<typeof epochlens> =>
        epochlens(['sweep', path, '--retry', '--on', 'slurm'], { env: slurm.env });
      // The epoch before the first fits, and the first does not.
      expect((await retry()).stderr).toMatch(/As job \d+ was: --time 00:30:00 --cpus 1 --engine embedded/);
      expect((await ended(slurm, path)).error).toMatch(FULL);
      expect(await statesOf(path)).toEqual({ one: 'failed' });
      disk.resize(ENOUGH);
      expect((await retry()).stdout).toContain('Submitted 1 cell');
      const { job } = await newestJob(path);
      expect(job).toMatchObject({ time: '00:30:00', asked: { time: '00:30:00', cpus: 1 } });
      expect((await ended(slurm, path)).error).toBeUndefined();
      expect(await statesOf(path)).toEqual({ one: 'done' });
      await until(async () => (await slurm.ask('squeue', '-h')) === '', 'it is gone');
      await isWhole();
    });
  });
});
