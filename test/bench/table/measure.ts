/** `npm run bench -- --sections table`: what a table of many runs costs whoever reads them, as the extension's host does. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { columnsOf, recipeRows, sortRows } from '../../../src/comparison';
import { readManyFacts } from '../../../src/runs';
import { makeManyRuns, type ManyRuns } from './runs';

export interface Step {
  readonly step: string;
  /** Of the wall, and of this process's threads. */
  readonly milliseconds: number;
  readonly processorMilliseconds: number;
  /** The longest that whoever waits for this process waited, in milliseconds: another process's load counts in it. */
  readonly longestTurn: number;
}

export interface TableCost {
  readonly runs: number;
  readonly steps: readonly Step[];
}

export async function measureTable(many: ManyRuns): Promise<TableCost> {
  const folder = await mkdtemp(join(tmpdir(), 'table-bench-'));
  try {
    const folders = await makeManyRuns(folder, many);
    const cold = await measured('reading them', () => readManyFacts(folders));
    const warm = await measured('reading them again, none has changed', () => readManyFacts(folders));
    const { facts } = warm.result;
    const rows = await measured('rows of recipes, with intervals and differences', () => {
      const columns = columnsOf(facts);
      return recipeRows(facts, { columns, at: 'final', baseline: facts[0]?.sweepBaseline });
    });
    const sorted = await measured('sorting the rows', () =>
      sortRows(rows.result, { by: 'accuracy', descending: true }),
    );
    return { runs: facts.length, steps: [cold, warm, rows, sorted].map(({ cost }) => cost) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured<R>(
  step: string,
  work: () => R | Promise<R>,
): Promise<{ readonly result: R; readonly cost: Step }> {
  let isOver = false;
  const [start, processor] = [performance.now(), process.cpuUsage()];
  const watched = longestTurn(() => isOver);
  const result = await work();
  isOver = true;
  const { user, system } = process.cpuUsage(processor);
  const milliseconds = performance.now() - start;
  const cost = { step, milliseconds, processorMilliseconds: (user + system) / 1000, longestTurn: await watched };
  return { result, cost };
}

async function longestTurn(isOver: () => boolean): Promise<number> {
  let longest = 0;
  for (let before = performance.now(); !isOver();) {
    await setImmediate();
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
  }
  return longest;
}

export function runsTable({ steps }: TableCost): string {
  return [
    '| step | ms | of the processors, ms | longest turn, ms |',
    '| ---- | -- | --------------------- | ---------------- |',
    ...steps.map(({ step, ...of }) => {
      const numbers = [of.milliseconds, of.processorMilliseconds, of.longestTurn].map((each) => each.toFixed(0));
      return `| ${step} | ${numbers.join(' | ')} |`;
    }),
  ].join('\n');
}
