import { dirname } from 'node:path';
import type { Command } from 'commander';
import { shellWord } from '../../common/shellWord';
import { apartText, bringToStudy, dataElsewhere, isGone, openRun, type Adoption } from '../../runs';
import { readAllStudies, studyHash, type LocatedStudy } from '../../study';
import { createOutput, type Output } from '../printing/output';

interface Options {
  readonly json?: boolean;
}

/** `adopt`: runs of a study file that was renamed or moved become those of its new one. */
export function addAdopt(program: Command): void {
  program
    .command('adopt')
    .description('make runs those of a study file that was renamed or moved: their run.json names it from now on')
    .argument('<study>', 'the NAME.epochlens.json that they are to be of')
    .argument('<runs...>', 'run folders')
    .option('--json', 'one JSON document on standard output')
    .action(adopt);
}

async function adopt(file: string, folders: readonly string[], options: Options): Promise<void> {
  const output = createOutput(options.json ?? false);
  const studies = await readAllStudies(file);
  const runs = [];
  // All are opened before the first is changed.
  for (const folder of folders) runs.push(await openRun(folder));
  const adopted: object[] = [];
  for (const run of runs) {
    const adoption = await bringToStudy(run, studies[0].path);
    await sayAdoption(adoption, studies, output);
    const { run: now, apart } = adoption;
    adopted.push({ run: now.folder, before: { run: run.folder, study: run.studyFile }, found: apart === undefined });
  }
  output.document({ study: studies[0].path, adopted });
}

async function sayAdoption(
  { run, before, apart }: Adoption,
  studies: readonly [LocatedStudy, ...LocatedStudy[]],
  output: Output,
): Promise<void> {
  output.line(`${run.folder} is of ${run.studyFile} now`);
  output.log(`Before it was of ${before.studyFile}`);
  if (before.folder !== run.folder) output.log(`Moved from ${before.folder}`);
  if (apart !== undefined)
    output.log(`It stays where it is, as ${apartText(apart)}: commands find it by its folder, not by the study file.`);
  if (!studies.some(({ study }) => studyHash(study) === run.manifest.studyHash))
    output.log(
      'The study has other data, model or training than this run: it can be looked at, and not gone on with by --resume.',
    );
  for (const path of await dataElsewhere(run.study, before.studyFolder, dirname(run.studyFile)))
    output.log(`The study names ${path} from its own folder: that is another place now.`);
  if (before.studyFile !== run.studyFile && !(await isGone(before.studyFile)))
    output.log(`To undo it:  epochlens adopt ${[before.studyFile, run.folder].map(shellWord).join(' ')}`);
}
