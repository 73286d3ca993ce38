/** Which runs a command is about: of a study of several models, the newest of each. */
import type { ArchitectureName } from '../architectures';
import { shellWord } from '../common/shellWord';
import { isStudyArgument, newerProblems, resolveRuns, runWarnings, trimResults, useUntilExit, type Run } from '../runs';
import { readStudies } from '../study';
import type { Output } from './output';

/**
 * As `resolveRuns`, with a word about runs that are damaged or vouched for by nobody, and models that have no run yet. Their checkpoints
 * stay while this process lives.
 */
export async function chosenRuns(
  argument: string,
  architecture: ArchitectureName | undefined,
  output: Output,
): Promise<[Run, ...Run[]]> {
  const runs = await resolveRuns(argument, architecture);
  for (const { folder, id } of runs) {
    for (const warning of await runWarnings(folder)) output.log(`${id}: ${warning}`);
    // A folder that cannot be written to keeps what it has.
    await trimResults(folder).catch(() => undefined);
    await useUntilExit(folder);
  }
  if (!(await isStudyArgument(argument))) return runs;
  const studies = await readStudies(argument);
  for (const problem of await newerProblems(studies[0], runs[0])) output.log(`A newer run is left out: ${problem}`);
  if (architecture !== undefined) return runs;
  const trained = runs.map(({ study }) => study.model.architecture);
  for (const { study } of studies.length > 1 ? studies : []) {
    const name = study.model.architecture;
    if (!trained.includes(name))
      output.log(`${name} has no run yet. Train it:  epochlens train ${shellWord(argument)} --architecture ${name}`);
  }
  return runs;
}

/** "resnet20: FOLDER", above what is said of one of several runs. */
export function runHeading({ study, folder }: Run): string {
  return `${study.model.architecture}: ${folder}`;
}
