/** What a job's script names: copies beside the study, which no update of an editor or of its extension removes. */
import { execFileSync } from 'node:child_process';
import { chmod, link, copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeForTasks } from '../../../src/cli/cluster/nodeForTasks';
import { temporaryBeside } from '../../../src/common/temporaries';
import { programOf, type Program } from '../../../src/cli/cluster/program';

let folder: string;
let programs: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epochlens-program-'));
  programs = join(folder, '.epochlens', 'programs');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('the program that tasks run', () => {
  const { argv } = process;
  let dist: string;
  beforeEach(async () => {
    dist = join(folder, 'extensions', 'epochlens-1.0.0', 'dist');
    await mkdir(join(dist, 'parts'), { recursive: true });
    await mkdir(join(dist, 'extension'));
    await writeFile(join(dist, 'cli.js'), 'console.log("ran", process.argv[2])');
    await writeFile(join(dist, 'parts', 'engine.js'), 'a part of it');
    for (const name of ['cli.js.map', 'extension.js', 'extension/a.js'])
      await writeFile(join(dist, name), 'not needed');
    process.argv = [argv[0] ?? '', join(dist, 'cli.js')];
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    process.argv = argv;
  });
  const program = (): Promise<Program> => programOf(join(folder, '.epochlens', 'sweeps', 'a'), undefined);
  const ran = ({ words }: Program): string => execFileSync('sh', ['-c', `${words} task`], { encoding: 'utf8' });

  it('is a copy, made once and whole, that runs when the extension was updated', async () => {
    const own = await program();
    await expect(readdir(programs)).rejects.toThrow('ENOENT');
    await Promise.all([own.keep(), own.keep(), own.keep()]);
    const [name = '', ...more] = await readdir(programs);
    expect([name, more]).toEqual([expect.stringMatching(/^epochlens-[\d.]+-[0-9a-f]{12}$/), []]);
    expect((await readdir(join(programs, name), { recursive: true })).sort()).toEqual([
      'SHA256SUMS',
      'cli.js',
      'parts',
      join('parts', 'engine.js'),
    ]);
    await rm(join(folder, 'extensions'), { recursive: true });
    expect(ran(own)).toBe('ran task\n');
    execFileSync('sha256sum', ['--check', '--strict', '--status', 'SHA256SUMS'], { cwd: join(programs, name) });
    // Submitted by the copy itself.
    process.argv = [argv[0] ?? '', join(programs, name, 'cli.js')];
    expect((await program()).words).toBe(own.words);
  });

  it('is told where its trainings are shown beside, which ssh does not pass on, and no credentials', async () => {
    vi.stubEnv('EPOCHLENS_TENSORBOARD', '1');
    vi.stubEnv('MLFLOW_TRACKING_URI', 'http://a b:5000');
    vi.stubEnv('MLFLOW_TRACKING_TOKEN', 'secret');
    const { words } = await program();
    expect(words).toMatch(/^env .*EPOCHLENS_TENSORBOARD=1 MLFLOW_TRACKING_URI='http:\/\/a b:5000' /);
    expect(words).not.toContain('secret');
  });

  it('is another where any of its files is another, and the same by a link', async () => {
    const first = await program();
    await first.keep();
    await symlink(join(dist, 'cli.js'), join(folder, 'epochlens'));
    process.argv = [argv[0] ?? '', join(folder, 'epochlens')];
    expect((await program()).words).toBe(first.words);
    await writeFile(join(dist, 'parts', 'engine.js'), 'an update');
    const second = await program();
    await second.keep();
    expect(second.words).not.toBe(first.words);
    expect(await readdir(programs)).toHaveLength(2);
  });

  it('is made anew where it is damaged, and without what a dead process left', async () => {
    const own = await program();
    await own.keep();
    const [name = ''] = await readdir(programs);
    await writeFile(join(programs, name, 'cli.js'), 'console.log("torn"');
    await rm(join(programs, name, 'parts'), { recursive: true });
    await rm(join(programs, name, 'SHA256SUMS'));
    const dead = temporaryBeside(join(programs, name)).replace(`-${String(process.pid)}-`, '-999999999-');
    await mkdir(join(dead, 'parts'), { recursive: true });
    await own.keep();
    expect(ran(own)).toBe('ran task\n');
    expect(await readFile(join(programs, name, 'parts', 'engine.js'), 'utf8')).toBe('a part of it');
    await rm(join(programs, name, 'SHA256SUMS'));
    await own.keep();
    expect(await readdir(join(programs, name))).toContain('SHA256SUMS');
    expect(await readdir(programs)).toEqual([name]);
  });

  it('that was updated while it was copied is refused, and nothing is left', async () => {
    const own = await program();
    await writeFile(join(dist, 'cli.js'), 'an update');
    await expect(own.keep()).rejects.toThrow(/could not be written.*it was changed while it was copied/);
    expect(await readdir(programs)).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('the Node that tasks run by', () => {
  const own = { execPath: process.execPath, isElectron: false, path: '' };

  it('is the one of this process, where that is a person’s own', async () => {
    expect(await nodeForTasks(programs, own)).toEqual({ path: process.execPath });
  });

  it('is a copy of an editor’s server’s, which its update removes', async () => {
    const server = join(folder, '.vscode-server', 'bin', '0123');
    await mkdir(server, { recursive: true });
    await writeFile(join(server, 'product.json'), '{}');
    const execPath = join(server, 'node');
    await link(process.execPath, execPath).catch(() => copyFile(process.execPath, execPath));
    const { path, keep } = await nodeForTasks(programs, { ...own, execPath });
    await keep?.();
    await rm(server, { recursive: true });
    expect(path).toMatch(/\/programs\/node-[\d.]+-[0-9a-f]{12}\/node$/);
    expect(execFileSync(path, ['-p', '1 + 1'], { encoding: 'utf8' })).toBe('2\n');
  });

  it('is in place of the desktop editor the first in PATH that is new enough', async () => {
    const folders = await Promise.all(
      ['v18.20.0', 'v22.1.0', 'v20.0.0'].map(async (version) => {
        const bin = join(folder, version);
        await mkdir(bin);
        await writeFile(join(bin, 'node'), `#!/bin/sh\necho ${version}\n`);
        await chmod(join(bin, 'node'), 0o755);
        return bin;
      }),
    );
    const electron = { execPath: '/usr/share/code/code', isElectron: true };
    expect(await nodeForTasks(programs, { ...electron, path: ['', ...folders].join(':') })).toEqual({
      path: join(folder, 'v22.1.0', 'node'),
    });
    expect(await nodeForTasks(programs, { ...electron, path: folders[0] ?? '' })).toEqual({ path: electron.execPath });
  });
});
