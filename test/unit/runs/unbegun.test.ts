import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announceTraining, dropUnbegun, unbegunRun } from '../../../src/runs';

let runs: string;
beforeEach(async () => {
  runs = await mkdtemp(join(tmpdir(), 'epochlens-'));
});
afterEach(() => rm(runs, { recursive: true, force: true }));

const OF = { studyFile: '/w/s.epochlens.json', studyName: 's', architecture: 'resnet20' };
/** No process has this number. */
const GONE = 4_000_000;

/** As a training leaves it that was killed while it loaded data. */
async function killed(name: string, studyHash: string, ...files: string[]): Promise<string> {
  const folder = join(runs, name);
  await announceTraining(folder, { ...OF, studyHash, pid: GONE });
  for (const file of ['log.txt', ...files]) await writeFile(join(folder, file), '');
  return folder;
}

describe('a run folder that never became a run', () => {
  it('is found for its study again, the newest one, and not where its process lives', async () => {
    await killed('1', 'a');
    const newest = await killed('2', 'a', 'lock-1');
    await killed('3', 'b');
    await killed('4', 'a', 'run.json');
    await announceTraining(join(runs, '5'), { ...OF, studyHash: 'a' });
    expect(await unbegunRun(runs, 'a')).toBe(newest);
    expect(await unbegunRun(runs, 'c')).toBeUndefined();
    expect(await unbegunRun(join(runs, 'absent'), 'a')).toBeUndefined();
  });

  it('is dropped, and a run or what a person has put there is not', async () => {
    await dropUnbegun(await killed('1', 'a', 'lock-1'));
    for (const [name, file] of [
      ['2', 'run.json'],
      ['3', 'notes.md'],
    ] as const)
      await dropUnbegun(await killed(name, 'a', file));
    await mkdir(join(runs, '4', 'checkpoints'), { recursive: true });
    await dropUnbegun(join(runs, '4'));
    expect(await readdir(runs)).toEqual(['2', '3', '4']);
  });
});
