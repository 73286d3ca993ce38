import type { Command } from 'commander';
import { resolve } from 'node:path';
import { untilTimeIsUp } from '../cluster/signals';
import { runTask } from '../cluster/task';
import { wholeNumber } from '../options/arguments';
import { createOutput } from '../printing/output';

const MOST_TASKS = 1_000_000;

/** `task`: what a job's script calls on its node. A person has no use for it. */
export function addTask(program: Command): void {
  program
    .command('task', { hidden: true })
    .description('work on one task of a job, on the node that a scheduler gave it')
    .argument('<folder>', 'the job’s, with job.json')
    .argument('<index>', 'the task’s, from 0 on', wholeNumber('<index>', 0, MOST_TASKS))
    .action(async (folder: string, index: number) => {
      const output = createOutput(false);
      await runTask(resolve(folder), index, output, untilTimeIsUp(output));
    });
}
