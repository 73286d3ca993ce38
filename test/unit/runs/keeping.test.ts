import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
  sealRun,
  usersOf,
  verifyRun,
  whileUsing,
  type Run,
} from '../../../src/runs';
import { keptEpochs } from '../../../src/runs/keeping/rule';
import { parseStudy, studyHash } from '../../../src/study';
import { failureOf } from './fixture';
import { editLines, flipBit, trainedRun, trainEpoch, withoutSums } from './trained';

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
    [4, 50],
    [5, 60],
    [6, 70],
  ]);
  const kept = (text: string) => [...keptEpochs(parseKeepRule(text), { present, accuracies, chosenBy: 'test' })];

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

  test('the best is refused while the accuracy of any epoch that is there is not known', () => {
    const bestOf = (known: ReadonlyMap<number, number | null>) =>
      keptEpochs({ best: true }, { present, accuracies: known, chosenBy: 'test' });
    expect(() => keptEpochs({ best: true }, { present, accuracies: new Map(), chosenBy: 'validation' })).toThrow(
      'no validation accuracy of epochs 0–6',
    );
    expect(() => bestOf(new Map())).toThrow('no test accuracy of epochs 0–6');
    expect(() => bestOf(new Map([...accuracies, [3, null]]))).toThrow('no test accuracy of epoch 3');
    const without = new Map(accuracies);
    without.delete(5);
    expect(() => bestOf(without)).toThrow('no test accuracy of epoch 5');
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
    expect(plan.notes).toEqual([
      'Best is epoch 2, chosen by the test images: 60.00 %, the earliest of 2 that are equal.',
    ]);
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
    expect(notes).toEqual(['The training is not finished: epochs 3 and 4 stay, as it goes on from there.']);
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

  test.each(['checkpoints/epoch-000.safetensors', 'checkpoints/epoch-004.safetensors'])(
    'nothing goes while %s is damaged, which is to stay',
    async (file) => {
      const run = await trainedRun();
      await flipBit(run, file);
      for (const work of [planPrune, pruneRun]) {
        const said = await failureOf(work(run, parseKeepRule('0,4')));
        expect(said).toContain(`${file}: a file that is to stay is damaged: nothing is deleted`);
        expect(said).toContain(`epochlens verify ${run.folder}`);
      }
      expect(await epochsIn(run)).toEqual([0, 1, 2, 3, 4]);
      // All that is damaged goes, and all that is whole stays.
      await pruneRun(run, parseKeepRule(file.includes('000') ? '1,4' : '0,1'));
      expect(await unsound(run)).toEqual([]);
    },
  );

  test('nothing goes of a training that would go on from a damaged optimiser state', async () => {
    const run = await trainedRun({ state: 'cancelled' });
    await flipBit(run, 'resume/velocity-003.safetensors');
    const said = await failureOf(pruneRun(run, parseKeepRule('0')));
    expect(said).toContain('resume/velocity-003.safetensors: a file that is to stay is damaged');
    expect(await epochsIn(run)).toEqual([0, 1, 2, 3, 4]);
  });

  test('nothing goes by the best while the numbers of an epoch are lost', async () => {
    const run = await trainedRun();
    await editLines(run, 'metrics.jsonl', (lines) => lines.filter((_, index) => index !== 2));
    await editLines(run, 'sums.jsonl', (lines) =>
      lines.map((line) => (line.includes('\\"epoch\\":2') ? line.replace('"line"', '"lime"') : line)),
    );
    expect(await failureOf(pruneRun(run, parseKeepRule('best,last')))).toContain('no test accuracy of epoch 2');
    expect(await epochsIn(run)).toEqual([0, 1, 2, 3, 4]);
  });

  test('what a killed one has left is deleted by whoever holds the lock next, and read by nobody', async () => {
    const run = await trainedRun();
    const files = ['checkpoints/epoch-001.safetensors', 'resume/velocity-003.safetensors'];
    const bytes = await Promise.all(files.map((file) => readFile(join(run.folder, file))));
    await pruneRun(run, parseKeepRule('0,4'));
    const putBack = () =>
      Promise.all(files.map((file, index) => writeFile(join(run.folder, file), bytes[index] as Buffer)));
    await putBack();
    const { findings } = await verifyRun(run.folder);
    expect(findings.filter(({ verdict }) => verdict !== 'whole')).toEqual(
      files.map((file) => ({
        part: file.startsWith('checkpoints') ? 'checkpoint' : 'optimizerState',
        file,
        verdict: 'notVouched',
        detail: 'it was to be deleted; the next prune or training removes it',
      })),
    );
    await whileUsing(run.folder, async () => (await lockRun(run.folder)).release());
    expect(await unsound(run)).toEqual(files);
    await (await lockRun(run.folder)).release();
    expect(await unsound(run)).toEqual([]);
    expect(await optimizerStateEpochs(run.folder)).toEqual([4]);
    // A file that was trained anew has a row after the one that says that it went.
    await trainEpoch(run, 1);
    await (await lockRun(run.folder)).release();
    expect(await epochsIn(run)).toEqual([0, 1, 4]);
  });

  test('a damaged row deletes nothing: it may be of a file that was written since', async () => {
    const run = await trainedRun();
    await pruneRun(run, parseKeepRule('0,4'));
    await trainEpoch(run, 1);
    await editLines(run, 'sums.jsonl', (lines) => {
      const last = lines.findLastIndex((line) => line.includes('epoch-001'));
      return lines.map((line, index) => (index === last ? line.replace('epoch-001', 'epoch-009') : line));
    });
    await (await lockRun(run.folder)).release();
    expect(await readdir(join(run.folder, 'checkpoints'))).toContain('epoch-001.safetensors');
  });

  test('two at once: each ends with what it did or a plain word', async () => {
    for (let round = 0; round < 5; round++) {
      const run = await trainedRun();
      const work = ['0,4', '4', 'every:2', 'best,last'].map((rule) => pruneRun(run, parseKeepRule(rule)));
      for (const done of await Promise.allSettled(work))
        if (done.status === 'rejected')
          expect(done.reason).toMatchObject({ name: expect.stringMatching(/^(Input|Work)Error$/) as string });
      expect((await epochsIn(run)).length).toBeGreaterThan(0);
      expect(await unsound(run)).toEqual([]);
    }
  });

  test('a plan survives that files go while it is made', async () => {
    const run = await trainedRun();
    const plans = Promise.all(Array.from({ length: 20 }, () => planPrune(run, parseKeepRule('2,4'))));
    await pruneRun(run, parseKeepRule('4'));
    expect(await plans).toHaveLength(20);
  });

  test('says what it waits for, and does not speak of training elsewhere', async () => {
    const run = await trainedRun();
    const lock = await lockRun(run.folder, 'pack');
    const said = await failureOf(pruneRun(run, parseKeepRule('last')));
    expect(said).toContain('this run is being packed');
    expect(said).not.toContain('train into another folder');
    expect(await failureOf(lockRun(run.folder))).toContain('train into another folder');
    await lock.release();
    const pruning = await lockRun(run.folder, 'prune');
    expect(await failureOf(sealRun(run.folder))).toContain('checkpoints of this run are being deleted');
    await pruning.release();
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

  test('nothing goes while the best is not known, or is damaged, and why is said', async () => {
    const run = await trainedRun({ state: 'cancelled' });
    await flipBit(run, 'checkpoints/epoch-002.safetensors');
    expect(await dropUnkept(run.folder, keepRuleOf('bestAndLast'))).toContain('checkpoints/epoch-002.safetensors');
    await rm(join(run.folder, 'metrics.jsonl'));
    await editLines(run, 'sums.jsonl', (lines) => lines.map((line) => line.replace('"line"', '"lime"')));
    expect(await dropUnkept(run.folder, keepRuleOf('bestAndLast'))).toContain('No checkpoint is deleted');
    expect(await epochsIn(run)).toEqual([0, 1, 2, 3, 4]);
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
