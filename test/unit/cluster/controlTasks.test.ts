/** What a scheduler refuses of one job keeps nobody from the others. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { holdTasks, type TaskProgress } from '../../../src/cluster';

let root: string;
let asked: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'control-'));
  asked = join(root, 'asked.txt');
  vi.stubEnv('EPOCHLENS_CACHE', join(root, 'cache'));
  vi.stubEnv('PATH', `${root}${delimiter}${process.env['PATH'] ?? ''}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

/** It writes down what it was asked, and of the job 32 says this and fails. */
async function scontrol(words: string): Promise<void> {
  const program = join(root, 'scontrol');
  await writeFile(
    program,
    `#!/bin/sh\necho "$*" >> '${asked}'\ncase "$2" in 32_*) echo '${words}' >&2; exit 1;; esac\n`,
  );
  await chmod(program, 0o755);
}

const task = (id: string): TaskProgress => ({
  ...{ job: `/jobs/${id}`, index: 0, id, host: null, state: 'queued', node: undefined, restarts: 0 },
  ...{ why: undefined, since: '2026-11-30T20:00:00.000Z', workedUntil: undefined, log: '/log' },
});
const both = [task('32_0'), task('33_1')];

it('holds the others, and takes a task that no node could run for held, as it is', async () => {
  await scontrol('32_0: Requested partition configuration not available now');
  expect(await holdTasks(both)).toEqual([]);
  expect(await readFile(asked, 'utf8')).toBe('hold 32_[0]\nhold 33_[1]\n');
});

it('holds the others, and says what it could not hold', async () => {
  await scontrol('32_0: Access/permission denied');
  await expect(holdTasks(both)).rejects.toThrow(/scontrol on this machine failed.*Access\/permission denied/);
  expect(await readFile(asked, 'utf8')).toBe('hold 32_[0]\nhold 33_[1]\n');
});
