import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appendSteps, dropStepsAfter, readSteps, stepsPerLine, verifyRun, type StepLine } from '../../../src/runs';
import { createStepLog } from '../../../src/training/stepLog';
import { failureOf, makeRun, makeStudy } from './fixture';
import { trainedRun } from './trained';

const line = (epoch: number, step: number, loss = 1): StepLine => ({
  ...{ epoch, step, of: 4, loss },
  ...{ accuracy: 50, learningRate: 0.1, imagesPerSecond: 100 },
});

async function folderWith(...lines: StepLine[]): Promise<string> {
  const { folder } = await makeRun(await makeStudy());
  if (lines.length > 0) await appendSteps(folder, lines);
  return folder;
}

it('writes at most fifty lines an epoch, and twenty thousand in all', () => {
  expect(stepsPerLine(1, 10)).toBe(1);
  expect(stepsPerLine(50, 10)).toBe(1);
  expect(stepsPerLine(51, 10)).toBe(2);
  expect(stepsPerLine(391, 200)).toBe(8);
  // Of 1,000 epochs each has 20 lines, of 100,000 one.
  expect(stepsPerLine(400, 1000)).toBe(20);
  expect(stepsPerLine(400, 100_000)).toBe(400);
});

it('says what happened since the line before', async () => {
  const folder = await folderWith();
  let time = 0;
  const log = createStepLog(folder, 2000, { now: () => time });
  // 30 steps of 10 images: every third is written, and those of half a second at once.
  for (const epoch of [1, 2]) {
    for (let step = 1; step <= 30; step++) {
      time += 0.1;
      // The loss of a step is its number, and it gets as many right as a third of that.
      const sums = { lossSum: (10 * (step * (step + 1))) / 2, correct: Math.floor(step / 3) };
      await log.step(epoch, { step, steps: 30, images: 10 * step, ...sums }, 0.05, step * 0.1);
    }
  }
  const { steps, damaged } = await readSteps(folder);
  expect(damaged).toEqual([]);
  expect(steps.map(({ epoch, step, of }) => [epoch, step, of])).toEqual(
    [1, 2].flatMap((epoch) => Array.from({ length: 10 }, (_, at) => [epoch, 3 * (at + 1), 30])),
  );
  // Steps 4, 5 and 6: a mean loss of 5; one right of 30; 30 images in 0.3 s.
  expect(steps[1]).toEqual({
    ...{ epoch: 1, step: 6, of: 30, loss: 5, accuracy: 3.33333 },
    ...{ learningRate: 0.05, imagesPerSecond: 100 },
  });
  // A new epoch begins at nothing.
  expect(steps[10]).toMatchObject({ epoch: 2, step: 3, loss: 2 });
});

it('writes null for a loss that is none, and waits for half a second before it writes', async () => {
  const folder = await folderWith();
  let time = 0;
  const log = createStepLog(folder, 1, { now: () => time });
  const soFar = { steps: 4, images: 8, lossSum: Number.NaN, correct: 1 };
  await log.step(1, { ...soFar, step: 1 }, 0.1, 1);
  expect((await readSteps(folder)).steps).toEqual([]);
  time = 0.6;
  await log.step(1, { ...soFar, step: 2, images: 16 }, 0.1, 2);
  expect((await readSteps(folder)).steps).toMatchObject([
    { loss: null, accuracy: 12.5, imagesPerSecond: 8 },
    { step: 2 },
  ]);
});

it('is read in order, the later of two lines counting, without half a line of a kill', async () => {
  const folder = await folderWith(line(1, 2), line(1, 4), line(2, 2, 3), line(1, 4, 7));
  await appendFile(join(folder, 'steps.jsonl'), '{"epoch":2,"st');
  expect(await readSteps(folder)).toEqual({ steps: [line(1, 2), line(1, 4, 7), line(2, 2, 3)], damaged: [] });
  await appendSteps(folder, [line(2, 4)]);
  expect((await readSteps(folder)).steps.at(-1)).toEqual(line(2, 4));
  expect((await readFile(join(folder, 'steps.jsonl'), 'utf8')).includes('"st{')).toBe(false);
});

it('ends half a line that is longer than what is read at once', async () => {
  const folder = await folderWith(line(1, 2));
  await appendFile(join(folder, 'steps.jsonl'), 'x'.repeat(10_000));
  await appendSteps(folder, [line(1, 4)]);
  expect(await readSteps(folder)).toEqual({ steps: [line(1, 2), line(1, 4)], damaged: [] });
  await writeFile(join(folder, 'steps.jsonl'), 'y'.repeat(10_000));
  await appendSteps(folder, [line(1, 4)]);
  expect(await readSteps(folder)).toEqual({ steps: [line(1, 4)], damaged: [] });
});

it('has no epochs after the one that is gone on from', async () => {
  const folder = await folderWith(line(1, 4), line(2, 2), line(3, 2));
  await appendFile(join(folder, 'steps.jsonl'), 'nonsense\n{"epoch":4');
  await dropStepsAfter(folder, 2);
  expect(await readFile(join(folder, 'steps.jsonl'), 'utf8')).toBe(
    `${JSON.stringify(line(1, 4))}\n${JSON.stringify(line(2, 2))}\n`,
  );
  await dropStepsAfter(folder, 0);
  expect(await readSteps(folder)).toEqual({ steps: [], damaged: [] });
  await dropStepsAfter(await folderWith(), 0);
});

it('is verified as far as that goes without sums', async () => {
  const { folder } = await trainedRun();
  const found = async () => (await verifyRun(folder)).findings.filter(({ part }) => part === 'steps');
  expect(await found()).toEqual([]);
  await appendSteps(folder, [line(1, 2)]);
  expect(await found()).toEqual([]);
  await appendFile(join(folder, 'steps.jsonl'), '{"epoch":1,"step":5,"of":4}\n');
  expect(await found()).toMatchObject([{ verdict: 'damaged', place: 'line 2', file: 'steps.jsonl' }]);
});

it('cannot be a folder', async () => {
  const folder = await folderWith();
  await mkdir(join(folder, 'steps.jsonl'));
  expect(await failureOf(appendSteps(folder, [line(1, 1)]))).toMatch(/^InputError: .*steps\.jsonl: not a file/);
});
