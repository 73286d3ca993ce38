/** A study that is being trained: a second terminal is asked, a script is refused. And runs stay out of git. */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announceTraining, liveTrainings, readStarting } from '../../src/runs';
import { readStudy } from '../../src/study';
import { dist, epochlens, launch, succeed, temporaryFolder, TINY, tree, writeStudy, type Running } from './cli';

const LONG = { ...TINY, training: { ...TINY.training, epochs: 500 } };
const SHORT = { ...TINY, training: { ...TINY.training, epochs: 0 } };
/** No process can have it. */
const NOBODY = 2 ** 30;

const runsOf = (folder: string, name: string): Promise<string[]> => readdir(join(folder, '.epochlens', 'runs', name));
const starting = (folder: string, study: string, id = 'other'): string => join(folder, '.epochlens', 'runs', study, id);

describe('a study that is being trained', () => {
  let folder: string;
  let study: string;
  let first: Running;

  beforeAll(async () => {
    folder = await temporaryFolder();
    study = await writeStudy(folder, LONG, 'long');
    first = launch(['train', study, '--engine', 'wasm', '--json']);
    await first.said('"event":"started"');
  });
  afterAll(async () => {
    first.child.kill('SIGKILL');
    await first.finished;
  });

  it('is not trained once more by a script, which is told the word for it', async () => {
    const { code, stderr } = await epochlens(['train', study, '--engine', 'wasm']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/this study is being trained already: found .*long.*, at epoch \d+ of 500, process \d+/);
    expect(stderr).toContain('--another');
    expect(await runsOf(folder, 'long')).toHaveLength(1);
  });

  it('is trained beside by --another, and in a run folder that is named', async () => {
    const another = launch(['train', study, '--engine', 'wasm', '--another', '--json']);
    await another.said('"event":"started"');
    expect(await liveTrainings(await readStudy(study))).toHaveLength(2);
    another.child.kill('SIGKILL');
    await another.finished;
    const named = launch(['train', study, '--engine', 'wasm', '--run', join(folder, 'elsewhere'), '--json']);
    await named.said('"event":"started"');
    named.child.kill('SIGKILL');
    await named.finished;
  });

  it.skipIf(!existsSync('/usr/bin/script'))('is asked about at a terminal', async () => {
    /** Types an answer, and goes on listening until it says something. */
    const answered = async (answer: string, until: RegExp): Promise<string> => {
      const command = `${process.execPath} ${join(dist, 'cli.js')} train ${study} --engine wasm`;
      const child = spawn('script', ['-qefc', command, '/dev/null'], { stdio: 'pipe', detached: true });
      let said = '';
      await new Promise<void>((done) => {
        child.stdout.on('data', (data: Buffer) => {
          if (!said.includes('[y/N]') && `${said}${String(data)}`.includes('[y/N]')) child.stdin.write(`${answer}\n`);
          said += String(data);
          if (until.test(said)) done();
        });
        child.once('close', () => done());
      });
      for (const { pid, folder: run } of await liveTrainings(await readStudy(study)))
        if (said.includes(`Training into ${run}`)) process.kill(pid, 'SIGKILL');
      child.kill();
      return said;
    };
    const before = (await runsOf(folder, 'long')).length;
    const refused = await answered('n', /never/);
    expect(refused).toContain('long is being trained already');
    expect(refused).toContain('Train another run beside it? [y/N]');
    expect(await runsOf(folder, 'long')).toHaveLength(before);
    expect(await answered('y', /Training into [^\r\n]+[\r\n]/)).toContain('Training into');
    expect(await runsOf(folder, 'long')).toHaveLength(before + 1);
  });
});

describe('a training that is only starting', () => {
  it('counts as one, of its own model alone, until its process is gone', async () => {
    const folder = await temporaryFolder();
    const both = { ...SHORT, model: [{ architecture: 'resnet20' }, { architecture: 'resnet32' }] };
    const study = await writeStudy(folder, both, 'both');
    const what = { studyFile: study, studyName: 'both', architecture: 'resnet20' };
    const announcement = await announceTraining(starting(folder, 'both'), what);
    const whole = await epochlens(['train', study, '--engine', 'wasm']);
    expect(whole.code).toBe(2);
    expect(whole.stderr).toMatch(/being trained already: .*other, starting/);
    await succeed(['train', study, '--engine', 'wasm', '--architecture', 'resnet32']);
    await announcement.withdraw();
    expect(await runsOf(folder, 'both')).toHaveLength(1);
    await announceTraining(starting(folder, 'both', 'dead'), { ...what, pid: NOBODY });
    expect(await readStarting(starting(folder, 'both', 'dead'))).toBeUndefined();
    await succeed(['train', study, '--engine', 'wasm', '--architecture', 'resnet20']);
    expect(await runsOf(folder, 'both')).not.toContain('dead');
  });

  it('of many that start at once one trains', async () => {
    const folder = await temporaryFolder();
    const study = await writeStudy(folder, LONG, 'race');
    const three = [1, 2, 3].map(() => launch(['train', study, '--engine', 'wasm', '--json']));
    const codes = await Promise.all(
      three.map(async (each) =>
        Promise.race([
          each.said('"event":"started"').then(
            () => 'trains',
            () => 'ended',
          ),
          each.finished.then(({ code }) => code),
        ]),
      ),
    );
    for (const { child } of three) child.kill('SIGKILL');
    await Promise.all(three.map(({ finished }) => finished));
    expect(codes.filter((code) => code === 'trains')).toHaveLength(1);
    expect(await runsOf(folder, 'race')).toHaveLength(1);
  });
});

describe('runs and git', () => {
  const git = async (folder: string, ...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', args, { cwd: folder })).stdout;

  it('are not seen by git, whatever it is asked', async () => {
    const folder = await temporaryFolder();
    await git(folder, 'init', '--quiet');
    const study = await writeStudy(folder, SHORT);
    await succeed(['train', study, '--engine', 'wasm']);
    expect((await git(folder, 'status', '--porcelain', '--untracked-files=all')).trim()).toBe('?? tiny.epochlens.json');
    await git(folder, 'add', '--all');
    expect((await git(folder, 'ls-files')).trim()).toBe('tiny.epochlens.json');
    expect(await readFile(join(folder, '.epochlens', '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('keep a .gitignore that is there, and get none in a folder that is named', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, '.epochlens'));
    const file = join(folder, '.epochlens', '.gitignore');
    await writeFile(file, '# mine\n');
    const study = await writeStudy(folder, SHORT);
    await succeed(['train', study, '--engine', 'wasm']);
    expect(await readFile(file, 'utf8')).toBe('# mine\n');
    await succeed(['train', study, '--engine', 'wasm', '--run', join(folder, 'named', 'run')]);
    expect((await tree(join(folder, 'named'))).filter((path) => path.includes('.gitignore'))).toEqual([]);
  });
});
