import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  dropUnkept,
  keepRuleOf,
  listCheckpoints,
  lockRun,
  optimizerStateEpochs,
  parseKeepRule,
  planPrune,
  pruneRun,
  usersOf,
  verifyRun,
  whileUsing,
  type Run,
} from '../../../src/runs/index.js';
import { keptEpochs } from '../../../src/runs/keeping/rule.js';
import { parseStudy, studyHash } from '../../../src/study/index.js';
import { failureOf } from './fixture.js';
import { flipBit, trainedRun, trainEpoch, withoutSums } from './trained.js';

const epochsIn = async ({ folder }: Run) => (await listCheckpoints(folder)).map(({ epoch }) => epoch);
const unsound = async ({ folder }: Run) =>
  (await verifyRun(folder)).findings.filter(({ verdict }) => verdict !== 'whole').map(({ file }) => file);

describe('rules', () => {
  const present = [0, 1, 2, 3, 4, 5, 6];
  const accuracies = new Map([
    [0, 10],
    [1, 70],
    [2, 80],
    [3, 80],
    [4, null],
  ]);
  const kept = (text: string) => [...keptEpochs(parseKeepRule(text), { present, accuracies })];

  test('keep what any part of them says', () => {
    expect(kept('all')).toEqual(present);
    expect(kept('every:3')).toEqual([0, 3, 6]);
    expect(kept('last')).toEqual([6]);
    expect(kept('best')).toEqual([2]);
    expect(kept('best, last')).toEqual([2, 6]);
    expect(kept('5,1,99')).toEqual([1, 5]);
    expect(kept('every:4,best,5')).toEqual([0, 2, 4, 5]);
  });

  test.each(['', 'none', 'every', 'every:0', 'every:-1', 'every:2,every:3', '1-3', '-1', '1.5', 'last best'])(
    '%j is refused',
    (text) => {
      expect(() => parseKeepRule(text)).toThrow('--keep');
    },
  );

  test('the best of nothing measured is refused', () => {
    expect(() => keptEpochs({ best: true }, { present, accuracies: new Map() })).toThrow('not known');
  });

  test('a study’s are the same, and say nothing of what is trained', () => {
    expect([undefined, 'all', 'bestAndLast', { every: 2 }, [1, 2]].map((keep) => keepRuleOf(keep as never))).toEqual([
      { all: true },
      { all: true },
      { best: true, last: true },
      { every: 2 },
      { epochs: [1, 2] },
    ]);
    const hashOf = (training: string) => {
      const parsed = parseStudy(`{"training":${training}}`, '/x/a.epochlens.json');
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      return studyHash(parsed.study);
    };
    expect(hashOf('{"keepCheckpoints":"bestAndLast"}')).toBe(hashOf('{}'));
    expect(hashOf('{"epochs":3}')).not.toBe(hashOf('{}'));
  });
});

describe('pruning', () => {
  test('deletes what is not kept, says so beforehand, and the run stays whole', async () => {
    const run = await trainedRun();
    const plan = await planPrune(run, parseKeepRule('best,last'));
    expect(plan.kept).toEqual([2, 4]);
    expect(plan.notes).toEqual(['Best is epoch 2: 60.00 % of the test images, the earliest of 2 that are equal.']);
    expect(plan.removed.map(({ file }) => file)).toEqual([
      'checkpoints/epoch-000.safetensors',
      'checkpoints/epoch-001.safetensors',
      'checkpoints/epoch-003.safetensors',
      'resume/velocity-003.safetensors',
    ]);
    expect(await epochsIn(run)).toEqual([0, 1, 2, 3, 4]);
    const done = await pruneRun(run, parseKeepRule('best,last'));
    expect(done).toEqual(plan);
    expect(await epochsIn(run)).toEqual([2, 4]);
    expect(await optimizerStateEpochs(run.folder)).toEqual([4]);
    expect(await unsound(run)).toEqual([]);
  });

  test('of a training that is not finished the last two epochs and their states stay', async () => {
    const run = await trainedRun({ state: 'cancelled' });
    const { kept, notes } = await pruneRun(run, parseKeepRule('0'));
    expect(kept).toEqual([0, 3, 4]);
    expect(notes).toEqual(['The training is not finished: 3–4 stay, as it goes on from there.']);
    expect(await optimizerStateEpochs(run.folder)).toEqual([4, 3]);
    expect(await unsound(run)).toEqual([]);
  });

  test('an older run keeps being readable, and knows what was deleted', async () => {
    const run = await trainedRun();
    await withoutSums(run);
    await pruneRun(run, parseKeepRule('0,4'));
    const { findings } = await verifyRun(run.folder);
    const bad = findings.filter(({ verdict }) => verdict === 'damaged' || verdict === 'missing');
    expect(bad).toEqual([]);
    expect(findings.filter(({ part }) => part === 'checkpoint')).toHaveLength(2);
  });

  test('what a kill kept from being deleted goes with the next one', async () => {
    const run = await trainedRun();
    const path = join(run.folder, 'checkpoints/epoch-001.safetensors');
    const bytes = await readFile(path);
    await pruneRun(run, parseKeepRule('0,4'));
    await writeFile(path, bytes);
    expect(await unsound(run)).toEqual(['checkpoints/epoch-001.safetensors']);
    const { kept, removed } = await pruneRun(run, parseKeepRule('all'));
    expect(kept).toEqual([0, 4]);
    expect(removed.map(({ epoch }) => epoch)).toEqual([1]);
    expect(await unsound(run)).toEqual([]);
  });

  test('is refused where nothing would stay, sums are gone, it is trained, or computed on', async () => {
    const run = await trainedRun();
    expect(await failureOf(pruneRun(run, parseKeepRule('17')))).toContain('no checkpoint would be left');
    const lock = await lockRun(run.folder);
    expect(await failureOf(pruneRun(run, parseKeepRule('last')))).toContain('a training is running');
    await lock.release();
    await whileUsing(run.folder, async () => {
      expect(await failureOf(pruneRun(run, parseKeepRule('last')))).toContain('a process computes on this run');
    });
    await rm(join(run.folder, 'sums.jsonl'));
    expect(await failureOf(pruneRun(run, parseKeepRule('last')))).toContain('sums.jsonl is gone');
    expect(await epochsIn(run)).toEqual([0, 1, 2, 3, 4]);
  });

  test('a damaged checkpoint can be deleted', async () => {
    const run = await trainedRun();
    await flipBit(run, 'checkpoints/epoch-001.safetensors');
    await pruneRun(run, parseKeepRule('0,2,3,4'));
    expect(await unsound(run)).toEqual([]);
  });
});

describe('while training', () => {
  test('the study’s rule is kept to epoch by epoch, and the last two always stay', async () => {
    const run = await trainedRun({ epochs: 0, state: 'cancelled' });
    const seen: number[][] = [];
    for (let epoch = 1; epoch <= 4; epoch++) {
      await trainEpoch(run, epoch);
      await dropUnkept(run.folder, keepRuleOf('bestAndLast'));
      seen.push(await epochsIn(run));
    }
    // Accuracies 10, 40, 60, 60, 50.
    expect(seen).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [2, 3, 4],
    ]);
    expect(await unsound(run)).toEqual([]);
  });

  test('nothing goes while another computes on the run', async () => {
    const run = await trainedRun({ state: 'cancelled' });
    await whileUsing(run.folder, () => dropUnkept(run.folder, { last: true }));
    expect(await epochsIn(run)).toEqual([0, 1, 2, 3, 4]);
    await dropUnkept(run.folder, { last: true });
    expect(await epochsIn(run)).toEqual([3, 4]);
  });
});

describe('marks of use', () => {
  test('of dead processes, of an id that is ours by now, and torn ones say nothing', async () => {
    const { folder } = await trainedRun();
    const since = new Date().toISOString();
    const mark = (name: string, text: string) => writeFile(join(folder, `use-${name.repeat(12)}`), text);
    await mark('a', JSON.stringify({ pid: 999_999_9, host: hostname(), since }));
    await mark('b', JSON.stringify({ pid: process.pid, host: hostname(), since }));
    await mark('c', '{"pid":');
    expect(await usersOf(folder)).toEqual([]);
    await mark('d', JSON.stringify({ pid: 1, host: 'another', since }));
    expect(await usersOf(folder)).toEqual([{ pid: 1, host: 'another', since }]);
  });

  test('work ends with its mark gone, also where it fails or the folder cannot be written to', async () => {
    const { folder } = await trainedRun();
    await expect(whileUsing(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await usersOf(folder)).toEqual([]);
    expect(await whileUsing(join(folder, 'nowhere'), () => Promise.resolve(3))).toBe(3);
  });
});
