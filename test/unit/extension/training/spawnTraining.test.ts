import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processFate, processStart } from '../../../../src/common/processes';
import { spawnTraining } from '../../../../src/extension/training/spawnTraining';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spawn-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Starts a program of a line in place of the command line. */
async function start(code: string) {
  const program = join(folder, 'program.cjs');
  await writeFile(program, code);
  const study = { studyFile: join(folder, 's.epochlens.json'), studyName: 's', architecture: 'resnet20' };
  return spawnTraining({ program, ...study, folder: join(folder, 'run'), resumes: false, engine: 'wasm', env: {} });
}

describe.skipIf(process.platform === 'win32')('spawnTraining', () => {
  it('starts a process in a session of its own, which no closing window or terminal hangs up', async () => {
    const launch = await start('console.log("hello"); setInterval(() => {}, 1000);');
    expect(launch.processStart).toBe(processStart(launch.pid));
    expect(processFate({ ...launch, host: (await import('node:os')).hostname() })).toBe('running');
    const session = execFileSync('ps', ['-o', 'sess=', '-p', String(launch.pid)], { encoding: 'utf8' }).trim();
    if (process.platform === 'linux') expect(session).toBe(String(launch.pid));
    const log = join(folder, 'run', 'log.txt');
    while (!(await readFile(log, 'utf8')).includes('hello')) await new Promise((resolve) => setTimeout(resolve, 20));
    process.kill(launch.pid, 'SIGKILL');
  });

  it('does not wait where the log is a FIFO', async () => {
    await mkdir(join(folder, 'run'));
    execFileSync('mkfifo', [join(folder, 'run', 'log.txt')]);
    await expect(start('')).rejects.toThrow(/log\.txt: not a file: found a FIFO/);
  });
});
