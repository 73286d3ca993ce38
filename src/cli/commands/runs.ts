import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { bytesText } from '../../common/bytesText';
import { epochRanges } from '../../common/epochRanges';
import { shellWord } from '../../common/shellWord';
import { gitText, lostRunsAdvice } from '../../runs';
import { describeRun, type ListedRun } from '../printing/listedRun';
import { createOutput, NOTHING, table } from '../printing/output';
import { runsIn } from '../options/runsIn';

/** `runs`: the runs there are, how far they are, and what they take. */
export function addRuns(program: Command): void {
  program
    .command('runs')
    .description('list the runs of a folder or a study: state, epochs, highest test accuracy, and the space they take')
    .argument('[place]', 'a folder of studies, a study file or a run folder', '.')
    .option('--json', 'one JSON document on standard output')
    .action(async (place: string, { json }: { json?: boolean }) => {
      const output = createOutput(json ?? false);
      const runs: ListedRun[] = [];
      for (const entry of await runsIn(place)) runs.push(await describeRun(entry));
      output.document({ runs });
      if (runs.length === 0) {
        for (const line of await noRunsText(place)) output.line(line);
        return;
      }
      const isNamed = runs.some(({ name, pinned }) => name !== null || pinned);
      const header = ['study', 'run', 'model', 'state', 'epochs', 'highest %', 'checkpoints', 'results', 'all'];
      const rows = [header, ...runs.map(rowOf)];
      const names = ['name', ...runs.map(nameCell)];
      const named = rows.map(([study = '', ...cells], at) => [study, names[at] ?? '', ...cells]);
      const recipes = ['recipe', ...runs.map(recipeCell)];
      const shown = runs.some(({ cell }) => cell !== null)
        ? (isNamed ? named : rows).map(([study = '', ...cells], at) => [study, recipes[at] ?? '', ...cells])
        : isNamed
          ? named
          : rows;
      for (const line of table(shown)) output.line(line);
      for (const { id, name, note } of runs)
        if (note !== null) output.line(`${name ?? id}: ${note.replace(/\s+/g, ' ')}`);
      for (const { name, id, git } of runs) if (git !== null) output.line(`${name ?? id}: commit ${gitText(git)}`);
      for (const { run, problem } of runs) if (problem !== null) output.line(`${run}: ${problem}`);
      for (const { run, warnings, accuracyWarnings: others } of runs)
        for (const text of [...warnings, ...others]) output.log(`${run}: ${text}`);
      for (const { aboutProblem } of runs) if (aboutProblem !== null) output.log(aboutProblem);
      for (const { run, warnings } of runs)
        if (warnings.length > 0) output.log(`See what else is damaged by:  epochlens verify ${shellWord(run)}`);
    });
}

/** With what becomes of the runs beside a study file whose own is gone. */
async function noRunsText(place: string): Promise<string[]> {
  const isFile = (await stat(place)).isFile();
  if (!isFile) return ['There is no run here yet. Train a study first:  epochlens train STUDY'];
  const advice = await lostRunsAdvice(place);
  return [
    `This study has no run yet. Train it first:  epochlens train ${shellWord(place)}`,
    ...advice.split('\n').slice(1),
  ];
}

function rowOf(run: ListedRun): string[] {
  const { study, id, architecture, state, checkpoints, bytes } = run;
  return [
    study,
    id,
    architecture ?? NOTHING,
    run.imported === null ? state : 'imported',
    epochsCell(run),
    bestCell(run),
    `${checkpoints}, ${bytesText(bytes.checkpoints)}`,
    bytesText(bytes.results),
    bytesText(bytes.all),
  ];
}

function recipeCell({ cell }: ListedRun): string {
  return cell === null ? NOTHING : `${cell.recipe}, seed ${cell.seed}`;
}

function nameCell({ name, pinned }: ListedRun): string {
  return [name, pinned ? '(pinned)' : null].filter((part) => part !== null).join(' ') || NOTHING;
}

function epochsCell({ epoch, epochs, imported }: ListedRun): string {
  if (imported !== null) return 'unknown';
  return epoch === null ? NOTHING : `${epoch} of ${epochs ?? '?'}`;
}

/** "91.64 at 4", of an epoch that validation images choose "91.64 at 4 (validation)", "91.64 at 4 and 5" where both are; of an imported run with what its files claim: "91.64, claims 91.73 at 4", "10.00 at 4, claims 75.00 at 5". */
function bestCell({ best, imported }: ListedRun): string {
  const all = (imported ?? []).filter(({ claimed }) => claimed.testAccuracy !== null);
  // The best so far may be another checkpoint's.
  const own = all.filter(({ claimed }) => claimed.isBestSoFar !== true);
  const claims = own.length > 0 ? own : all;
  const claim = claims.find(({ epoch }) => epoch === best?.epoch) ?? claims.at(-1);
  // Of one checkpoint alone it says nothing that it is the best.
  const at = (...epochs: readonly number[]): string => (imported?.length === 1 ? '' : ` at ${epochRanges(epochs)}`);
  const measured = best?.testAccuracy.toFixed(2);
  const claimed = claim?.claimed.testAccuracy?.toFixed(2);
  // Epochs that validation images find equal may differ on the test images: the earliest is chosen.
  if (best?.chosenBy === 'validation') return `${measured ?? NOTHING} at ${best.epoch} (validation)`;
  const verb = claim?.claimed.isBestSoFar === true ? 'claims at best' : 'claims';
  if (best === null || measured === undefined)
    return claim === undefined ? NOTHING : `${verb} ${claimed ?? NOTHING}${at(claim.epoch)}`;
  if (claim === undefined || claimed === undefined) return `${measured}${at(...best.epochs)}`;
  const isOfOne = best.epochs.length === 1 && claim.epoch === best.epoch;
  const place = isOfOne ? '' : at(...best.epochs);
  return `${measured}${place}, ${verb} ${claimed}${at(claim.epoch)}`;
}
