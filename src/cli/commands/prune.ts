import type { Command } from 'commander';
import { bytesText } from '../../common/bytesText';
import { epochRanges } from '../../common/epochRanges';
import type { NetworkName } from '../../architectures';
import { parseKeepRule, planPrune, pruneRun, resolveRuns, type KeepRule, type PrunePlan, type Run } from '../../runs';
import { networkName } from '../options/arguments';
import { confirmOr } from '../confirm';
import { createOutput, type Output } from '../printing/output';

interface Options {
  readonly keep: KeepRule;
  readonly architecture?: NetworkName;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `prune`: delete the checkpoints that are not to be kept. */
export function addPrune(program: Command): void {
  program
    .command('prune')
    .description('delete checkpoints of a run, all but those to keep, after saying which and how much space it frees')
    .argument('<run>', 'a run folder, or a study file for its newest run, of each of its models')
    .requiredOption(
      '--keep <epochs>',
      'all, every:N, best, last, or such as 0,5,10; several with commas',
      parseKeepRule,
    )
    .option('--architecture <name>', 'of a study of several models: only this one', networkName)
    .option('--yes', 'do not ask')
    .option('--dry-run', 'only say what would be deleted')
    .option('--json', 'one JSON document on standard output')
    .action(prune);
}

async function prune(argument: string, { keep, architecture, yes, dryRun, json }: Options): Promise<void> {
  const output = createOutput(json ?? false);
  const runs = await resolveRuns(argument, architecture);
  const plans: { run: Run; plan: PrunePlan }[] = [];
  for (const run of runs) plans.push({ run, plan: await planPrune(run, keep) });
  for (const { run, plan } of plans) print(output, run, plan);
  const goes = plans.filter(({ plan }) => plan.removed.length > 0);
  if (dryRun === true || goes.length === 0) {
    output.document({ deleted: false, runs: plans.map(documentOf) });
    return;
  }
  const files = goes.reduce((count, { plan }) => count + plan.removed.length, 0);
  const bytes = goes.reduce((sum, { plan }) => sum + plan.bytes, 0);
  if (yes !== true) await confirmOr('--yes', `Delete ${filesText(files)}, ${bytesText(bytes)}, for good?`);
  const done: { run: Run; plan: PrunePlan }[] = [];
  for (const { run } of plans) done.push({ run, plan: await pruneRun(run, keep) });
  output.document({ deleted: true, runs: done.map(documentOf) });
  const freed = done.reduce((sum, { plan }) => sum + plan.bytes, 0);
  output.line(
    `Deleted ${filesText(done.reduce((n, { plan }) => n + plan.removed.length, 0))}: ${bytesText(freed)} are free.`,
  );
}

function print(output: Output, { folder }: Run, { kept, removed, bytes, notes }: PrunePlan): void {
  output.line(folder);
  for (const note of notes) output.line(note);
  output.line(`Stays:  checkpoints of epochs ${epochRanges(kept)}`);
  if (removed.length === 0) {
    output.line('Goes:   nothing');
    return;
  }
  output.line(`Goes:   ${filesText(removed.length)}, ${bytesText(bytes)}`);
  for (const { file, bytes: size } of removed) output.line(`  ${file}  ${bytesText(size)}`);
}

function filesText(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

function documentOf({ run, plan: { kept, removed, bytes, notes } }: { run: Run; plan: PrunePlan }): unknown {
  return { run: run.folder, kept, removed, bytes, notes };
}
