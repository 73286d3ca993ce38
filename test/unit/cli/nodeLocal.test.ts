/** The lines of a job's script that give a node its own copy of EpochLens, run by a real shell. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programOf } from '../../../src/cli/cluster/program';

const run = promisify(execFile);

describe.skipIf(process.platform !== 'linux')('a node’s own copy', () => {
  let folder: string;
  let script: string;
  let copy: string;
  const { argv } = process;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'epochlens-node-'));
    const dist = join(folder, 'dist');
    await mkdir(join(dist, 'parts'), { recursive: true });
    await writeFile(join(dist, 'cli.js'), 'the program');
    await writeFile(join(dist, 'parts', 'engine.js'), 'a part of it');
    process.argv = [argv[0] ?? '', join(dist, 'cli.js')];
    const { prepare, words, keep } = await programOf(join(folder, '.epochlens', 'sweeps', 'a'), join(folder, 'copies'));
    await keep();
    // As an update of what it was submitted by does.
    await rm(dist, { recursive: true });
    script = prepare;
    copy = /(\S+)\/cli\.js$/.exec(words)?.[1] ?? '';
  });
  afterEach(async () => {
    process.argv = argv;
    await rm(folder, { recursive: true, force: true });
  });

  /** As in a template of a person who wants a script to end where something fails. */
  const prepare = (): Promise<unknown> => run('bash', ['-ec', script], { timeout: 60_000 });
  const names = (): Promise<string[]> => readdir(join(folder, 'copies'));

  it('is made once, whole, whoever of several tasks comes first', async () => {
    await Promise.all([prepare(), prepare(), prepare(), prepare()]);
    expect(await names()).toEqual([copy.split('/').at(-1)]);
    expect(await readFile(join(copy, 'cli.js'), 'utf8')).toBe('the program');
    expect(await readdir(join(copy, 'parts'))).toEqual(['engine.js']);
  });

  it('whose maker was killed is made by another, without what was half made', async () => {
    const half = join(`${copy}.lock`, 'n1.77', 'copy');
    await mkdir(half, { recursive: true });
    await writeFile(join(half, 'cli.js'), 'the pro');
    const then = Date.now() / 1000 - 62;
    await utimes(`${copy}.lock`, then, then);
    await Promise.all([prepare(), prepare()]);
    expect(await names()).toEqual([copy.split('/').at(-1)]);
    expect(await readFile(join(copy, 'cli.js'), 'utf8')).toBe('the program');
  });

  it('is waited for while its maker gives signs of life', async () => {
    await mkdir(`${copy}.lock`, { recursive: true });
    let isOver = false;
    const waiting = prepare().finally(() => (isOver = true));
    await setTimeout(2500);
    expect([isOver, await names()]).toEqual([false, [`${copy.split('/').at(-1) ?? ''}.lock`]]);
    await rm(`${copy}.lock`, { recursive: true });
    await waiting;
    expect(await readdir(copy)).toEqual(['SHA256SUMS', 'cli.js', 'parts']);
  });

  it('that cannot be made, or checked, ends the task, with a line', async () => {
    await rm(join(folder, '.epochlens'), { recursive: true });
    await expect(prepare()).rejects.toThrow(/no copy could be made in .*: is its disk full\?/);
    expect(await names()).toEqual([]);
    await mkdir(copy, { recursive: true });
    await expect(prepare()).rejects.toThrow(/node .* cannot read .*SHA256SUMS: submit the study again/);
  });

  it.each([
    ['cli.js', 'another program'],
    [join('parts', 'engine.js'), 'a part of i'],
    [join('parts', 'engine.js'), undefined],
  ])('whose %s is damaged (%s) ends the task, with a line and no other', async (name, text) => {
    await prepare();
    await prepare();
    await rm(join(copy, name));
    if (text !== undefined) await writeFile(join(copy, name), text);
    // That its own list is as damaged does not help it.
    await writeFile(join(copy, 'SHA256SUMS'), '');
    await expect(prepare()).rejects.toMatchObject({
      code: 1,
      stderr: `epochlens: the copy in ${copy} is damaged: remove it\n`,
    });
    await rm(copy, { recursive: true });
    await prepare();
    expect(await readFile(join(copy, 'parts', 'engine.js'), 'utf8')).toBe('a part of it');
  });
});
